{#-
    For post_hook. PostgreSQL guesses that a table which nobody has analyzed is small, and joins it
    row by row; DuckDB keeps statistics by itself.
-#}
{% macro gather_statistics(relation) -%}
    {{ return(adapter.dispatch('gather_statistics')(relation)) }}
{%- endmacro %}

{% macro default__gather_statistics(relation) -%}
    analyze {{ relation }}
{%- endmacro %}

{% macro duckdb__gather_statistics(relation) -%}
{%- endmacro %}
