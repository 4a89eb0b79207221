{#- Money as whole cents, for splitting it exactly. Widened first: DuckDB keeps the width of a product. -#}
{% macro to_cents(amount) -%}
    cast(cast({{ amount }} as numeric(36, 2)) * 100 as {{ type_wide_integer() }})
{%- endmacro %}
