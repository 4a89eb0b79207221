{#-
    Leaves of an operational table, which has the table's name, the rows that can be counted: of a
    tenant that can, and not refused (docs/decisions/0019). It follows the table in `from`.
-#}
{% macro can_be_counted(source_table, has_id=true) -%}
    inner join {{ ref('int_screening__tenants_counted') }} as tenants_counted
        on tenants_counted.tenant_id = {{ source_table }}.tenant_id
    {%- if has_id %}
    {{ not_refused(source_table) }}
    {%- endif %}
{%- endmacro %}
