{#- Whole cents as money again; what is modelled may need more digits than money does. -#}
{% macro from_cents(cents, precision=18) -%}
    cast(cast({{ cents }} as numeric(38, 0)) * cast(0.01 as numeric(3, 2)) as numeric({{ precision }}, 2))
{%- endmacro %}
