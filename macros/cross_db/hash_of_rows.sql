{#-
    What the rows of a group are, whatever their order: two sums of hashes of 64 bits that know
    nothing of each other. DuckDB's hash of 128 bits takes 0 and -1 for one, so that wide decimals
    are hashed as text (docs/decisions/0031); PostgreSQL hashes the row's text, in which a null and
    an empty text differ.
-#}
{% macro hash_of_rows() -%}
    {{ return(adapter.dispatch('hash_of_rows')()) }}
{%- endmacro %}

{% macro default__hash_of_rows() -%}
{%- set row = 'cast(row(' ~ model.columns | join(', ') ~ ') as text)' -%}
    cast(sum(hashtextextended({{ row }}, 0)) as text) || ' '
    || cast(sum(hashtextextended({{ row }}, 1)) as text)
{%- endmacro %}

{% macro duckdb__hash_of_rows() -%}
{%- set values = [] %}
{%- set as_they_are = ['boolean', 'integer', 'bigint', 'text', 'date', 'numeric(18, 2)', 'numeric(18, 8)'] %}
{%- for name, column in model.columns.items() %}
{%- do values.append(name if column.data_type in as_they_are else 'cast(' ~ name ~ ' as text)') %}
{%- endfor -%}
    cast(sum(hash(hash({{ values | join(', ') }}))) as text) || ' '
    || cast(sum(hash(hash('', {{ values | reverse | join(', ') }}))) as text)
{%- endmacro %}
