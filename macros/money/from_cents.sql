{#- Whole cents as money again. -#}
{% macro from_cents(cents) -%}
    cast(cast({{ cents }} as numeric(38, 0)) * cast(0.01 as numeric(3, 2)) as numeric(18, 2))
{%- endmacro %}
