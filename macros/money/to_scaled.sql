{#-
    A number of so many decimal places in whole units of its last place: money as cents (2), shares
    as hundred-millionths (8). Widened first: DuckDB keeps the width of a product.
-#}
{% macro to_scaled(value, places) -%}
    cast(cast({{ value }} as numeric(36, {{ places }})) * 1{{ '0' * places }} as {{ type_wide_integer() }})
{%- endmacro %}
