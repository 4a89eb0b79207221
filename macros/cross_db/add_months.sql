{#- `date + interval` gives a timestamp on both engines; this gives a date. -#}
{% macro add_months(day, months) -%}
    {{ return(adapter.dispatch('add_months')(day, months)) }}
{%- endmacro %}

{% macro default__add_months(day, months) -%}
    cast(cast({{ day }} as timestamp) + ({{ months }}) * interval '1 month' as date)
{%- endmacro %}
