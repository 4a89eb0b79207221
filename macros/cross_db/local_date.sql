{#- The calendar day that a moment belongs to in a timezone. -#}
{% macro local_date(moment, timezone) -%}
    {{ return(adapter.dispatch('local_date')(moment, timezone)) }}
{%- endmacro %}

{% macro default__local_date(moment, timezone) -%}
    cast(({{ moment }}) at time zone {{ timezone }} as date)
{%- endmacro %}
