with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

offenders as (
    select * from {{ source('facet_source', 'offenders') }}
),

latest_measures as (
    select * from {{ source('facet_source', 'measures') }}
    where measured_date = (select max(measured_date) from {{ source('facet_source', 'measures') }})
),

offenders_per_tenant as (
    select
        tenants.tenant_id,
        offenders.measure,
        offenders.table_name,
        offenders.item,
        offenders.problem,
        offenders.target_table,
        offenders.found_value,
        offenders.due_value,
        sum(offenders.row_count) as row_count
    from tenants
    inner join offenders
        on offenders.tenant_id = tenants.tenant_id or offenders.tenant_id is null
    inner join latest_measures
        on latest_measures.measured_date = offenders.measured_date
        and latest_measures.measure = offenders.measure
    group by
        tenants.tenant_id,
        offenders.measure,
        offenders.table_name,
        offenders.item,
        offenders.problem,
        offenders.target_table,
        offenders.found_value,
        offenders.due_value
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(measure as text) as measure,
    cast(table_name as text) as table_name,
    cast(item as text) as item,
    cast(problem as text) as problem,
    cast(target_table as text) as target_table,

    -- attributes
    cast(found_value as text) as found_value,
    cast(due_value as text) as due_value,

    -- measures
    cast(row_count as bigint) as row_count
from offenders_per_tenant
