{#-
    The condition that a row of an operational table, which has the table's name, can be counted: it is of a
    tenant that can, and is not refused (docs/decisions/0019).
-#}
{% macro can_be_counted(source_table, has_id=true) -%}
    {{ source_table }}.tenant_id in (
        select tenants_counted.tenant_id from {{ ref('int_screening__tenants_counted') }} as tenants_counted
    )
    {%- if has_id %}
        and {{ not_refused(source_table) }}
    {%- endif %}
{%- endmacro %}
