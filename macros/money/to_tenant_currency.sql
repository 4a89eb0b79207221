{#-
    An amount in the order's currency, in the tenant's: times the order's rate, rounded half away
    from zero to the minor unit of the tenant's currency (definitions.md, Currency). Both factors
    are widened or narrowed first, because DuckDB computes a product in the width of its factors.
-#}
{% macro to_tenant_currency(amount, exchange_rate, decimal_places) -%}
    {{ round_to_minor_unit(
        'cast(' ~ amount ~ ' as numeric(28, 2)) * cast(' ~ exchange_rate ~ ' as numeric(18, 8))',
        decimal_places
    ) }}
{%- endmacro %}
