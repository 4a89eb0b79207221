{#- The condition that a row of an operational table, which has the table's name, is not refused. -#}
{% macro not_refused(source_table) -%}
    not exists (
        select 1 from {{ ref('int_screening__rows_quarantined') }} as rows_quarantined
        where rows_quarantined.tenant_id = {{ source_table }}.tenant_id
            and rows_quarantined.source_table = '{{ source_table }}'
            and rows_quarantined.source_id = {{ source_table }}.id
            and rows_quarantined.is_refused
    )
{%- endmacro %}
