{#- The number that a key is told as: of a day, that of the days since 1970. -#}
{% macro to_key_value(column) -%}
{%- if (model.columns.get(column) or {}).get('data_type') == 'date' -%}
    cast({{ column }} - cast('1970-01-01' as date) as bigint)
{%- else -%}
    cast({{ column }} as bigint)
{%- endif -%}
{%- endmacro %}
