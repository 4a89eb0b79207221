{#-
    The condition that a text is JSON. PostgreSQL says it since 16, of text; where a column is JSON
    there, what reads it as text has JSON in any case.
-#}
{% macro is_json(text) -%}
    {{ return(adapter.dispatch('is_json')(text)) }}
{%- endmacro %}

{% macro default__is_json(text) -%}
    (cast({{ text }} as jsonb) is not null)
{%- endmacro %}

{% macro duckdb__is_json(text) -%}
    json_valid({{ text }})
{%- endmacro %}
