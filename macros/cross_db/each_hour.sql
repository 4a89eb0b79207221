{#- As each_day, by the hour. -#}
{% macro each_hour(first_hour, last_hour) -%}
    {{ return(adapter.dispatch('each_hour')(first_hour, last_hour)) }}
{%- endmacro %}

{% macro default__each_hour(first_hour, last_hour) -%}
    generate_series({{ first_hour }}, {{ last_hour }}, interval '1 hour')
{%- endmacro %}

{% macro duckdb__each_hour(first_hour, last_hour) -%}
    unnest(generate_series({{ first_hour }}, {{ last_hour }}, interval '1 hour'))
{%- endmacro %}
