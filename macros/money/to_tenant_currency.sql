{#-
    An amount in the order's currency, in the tenant's: times the order's rate, rounded half away from
    zero to the cent (metrics.md, Currency). Both factors are widened or narrowed first, because DuckDB
    computes a product in the width of its factors.
-#}
{% macro to_tenant_currency(amount, exchange_rate) -%}
    cast(
        round(cast({{ amount }} as numeric(28, 2)) * cast({{ exchange_rate }} as numeric(18, 8)), 2)
        as numeric(18, 2)
    )
{%- endmacro %}
