{#-
    The text at a path of keys and places in a JSON document that staging handed on as text. Step by
    step, as PostgreSQL's own paths (#>>) take a place for a key where there is an object.
-#}
{% macro json_text_at(json, path) -%}
    {{ return(adapter.dispatch('json_text_at')(json, path)) }}
{%- endmacro %}

{% macro default__json_text_at(json, path) -%}
    (cast({{ json }} as jsonb)
    {%- for step in path %} {{ '->>' if loop.last else '->' }} {% if step is string %}'{{ step }}'{% else %}{{ step }}{% endif %}{% endfor %})
{%- endmacro %}

{% macro duckdb__json_text_at(json, path) -%}
    json_extract_string({{ json }}, '$
    {%- for step in path %}{% if step is string %}.{{ step }}{% else %}[{{ step }}]{% endif %}{% endfor %}')
{%- endmacro %}
