{#- A share of whole numbers, 0–1, to six places, cut off: DuckDB divides decimals as floats. -#}
{% macro share(part, whole) -%}
    cast(
        {{ from_scaled(integer_divide('1000000 * (' ~ part ~ ')', 'nullif(' ~ whole ~ ', 0)'), 6) }}
        as numeric(9, 6)
    )
{%- endmacro %}
