{#- Whole cents of something modelled, which may have more digits than money ever has. -#}
{% macro from_modelled_cents(cents) -%}
    cast(cast({{ cents }} as numeric(38, 0)) * cast(0.01 as numeric(3, 2)) as numeric(28, 2))
{%- endmacro %}
