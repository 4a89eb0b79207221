{#-
    Leaves of an operational table, which has the table's name, the rows that are not refused. It
    follows the table in `from`. An outer join: DuckDB looks up `not exists` once per row and id,
    which takes ten times as long.
-#}
{% macro not_refused(source_table) -%}
    left join (
        select tenant_id, source_id from {{ ref('int_screening__rows_quarantined') }}
        where source_table = '{{ source_table }}' and is_refused
    ) as rows_refused
        on rows_refused.tenant_id = {{ source_table }}.tenant_id
        and rows_refused.source_id = {{ source_table }}.id
    where rows_refused.source_id is null
{%- endmacro %}
