{#-
    A set-returning expression for the select list: the elements of the list under a key of a JSON
    object that staging handed on as text, each as text; nothing where there is no list.
-#}
{% macro each_element(json, key) -%}
    {{ return(adapter.dispatch('each_element')(json, key)) }}
{%- endmacro %}

{% macro default__each_element(json, key) -%}
    cast(jsonb_array_elements(
        case
            when jsonb_typeof(cast({{ json }} as jsonb) -> '{{ key }}') = 'array'
                then cast({{ json }} as jsonb) -> '{{ key }}'
            else '[]'
        end
    ) as text)
{%- endmacro %}

{% macro duckdb__each_element(json, key) -%}
    cast(unnest(json_extract({{ json }}, '$.{{ key }}[*]')) as text)
{%- endmacro %}
