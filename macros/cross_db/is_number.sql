{#-
    Whether there is a number: PostgreSQL's numeric admits NaN, which is none; the copy that DuckDB
    reads has null in its place.
-#}
{% macro is_number(number) -%}
    {{ return(adapter.dispatch('is_number')(number)) }}
{%- endmacro %}

{% macro default__is_number(number) -%}
    coalesce({{ number }} <> 'NaN', false)
{%- endmacro %}

{% macro duckdb__is_number(number) -%}
    ({{ number }} is not null)
{%- endmacro %}
