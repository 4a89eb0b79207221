{#- Whole hundred-millionths, what shares of a sale are counted in, as a number again. -#}
{% macro from_hundred_millionths(parts) -%}
    cast(cast({{ parts }} as numeric(38, 0)) * cast(0.00000001 as numeric(9, 8)) as numeric(28, 8))
{%- endmacro %}
