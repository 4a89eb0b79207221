{#- A number of eight places as whole hundred-millionths. Widened first: DuckDB keeps the width of a product. -#}
{% macro to_hundred_millionths(value) -%}
    cast(cast({{ value }} as numeric(36, 8)) * 100000000 as {{ type_wide_integer() }})
{%- endmacro %}
