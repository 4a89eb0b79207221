{#-
    Tenants that have more or fewer rows of an operational table than are in staging and refused
    together. One query for many tables: `tables` is {staging model: [source, table]}.
-#}
{% macro staged_or_refused(tables) %}
with

tenants_counted as (
    select * from {{ ref('int_screening__tenants_counted') }}
),

refused as (
    select tenant_id, source_table, count(*) as refused_count
    from {{ ref('int_screening__rows_quarantined') }}
    where is_refused
    group by tenant_id, source_table
),

rows_counted as (
    {%- for model_name, (domain, table_name) in tables.items() %}
    select
        tenant_id, '{{ table_name }}' as source_table, count(*) as source_count, 0 as staged_count
    from {{ source(domain, table_name) }}
    group by tenant_id
    union all
    select tenant_id, '{{ table_name }}' as source_table, 0 as source_count, count(*) as staged_count
    from {{ ref(model_name) }}
    group by tenant_id
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

rows_summed as (
    select
        tenant_id,
        source_table,
        sum(source_count) as source_count,
        sum(staged_count) as staged_count
    from rows_counted
    group by tenant_id, source_table
)

select
    rows_summed.tenant_id,
    rows_summed.source_table,
    rows_summed.source_count,
    rows_summed.staged_count,
    coalesce(refused.refused_count, 0) as refused_count
from rows_summed
left join refused
    on refused.tenant_id = rows_summed.tenant_id
    and refused.source_table = rows_summed.source_table
where rows_summed.tenant_id in (select tenant_id from tenants_counted)
    and rows_summed.source_count
    <> rows_summed.staged_count + coalesce(refused.refused_count, 0)
{% endmacro %}
