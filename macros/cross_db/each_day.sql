{#-
    A set-returning expression for the select list: PostgreSQL has it as it stands, DuckDB unnests.
-#}
{% macro each_day(first_day, last_day) -%}
    {{ return(adapter.dispatch('each_day')(first_day, last_day)) }}
{%- endmacro %}

{% macro default__each_day(first_day, last_day) -%}
    generate_series({{ first_day }}, {{ last_day }}, interval '1 day')
{%- endmacro %}

{% macro duckdb__each_day(first_day, last_day) -%}
    unnest(generate_series({{ first_day }}, {{ last_day }}, interval '1 day'))
{%- endmacro %}
