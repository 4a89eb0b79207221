{#-
    A key as its column has it, from the number that it is told as: of a day, that of the days since
    1970. The type is that of the column in the model that runs.
-#}
{% macro from_key_value(value, column) -%}
{%- if (model.columns.get(column) or {}).get('data_type') == 'date' -%}
    cast('1970-01-01' as date) + cast({{ value }} as integer)
{%- else -%}
    {{ value }}
{%- endif -%}
{%- endmacro %}
