with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

measures as (
    select * from {{ source('facet_source', 'measures') }}
),

offenders as (
    select * from {{ source('facet_source', 'offenders') }}
),

things_broken as (
    select distinct
        tenants.tenant_id,
        offenders.measured_date,
        offenders.measure,
        offenders.table_name,
        offenders.item
    from tenants
    inner join offenders
        on offenders.tenant_id = tenants.tenant_id or offenders.tenant_id is null
),

broken_per_measure as (
    select tenant_id, measured_date, measure, count(*) as broken_count
    from things_broken
    group by tenant_id, measured_date, measure
),

measured as (
    select
        tenants.tenant_id,
        measures.*,
        measures.total_count - coalesce(broken_per_measure.broken_count, 0) as whole_count
    from tenants
    cross join measures
    left join broken_per_measure
        on broken_per_measure.tenant_id = tenants.tenant_id
        and broken_per_measure.measured_date = measures.measured_date
        and broken_per_measure.measure = measures.measure
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(measured_date as date) as measured_date,
    cast(measure as text) as measure,

    -- measures
    cast(whole_count as integer) as whole_count,
    cast(total_count as integer) as total_count,
    cast(
        case when total_count = 0 then 1 else {{ share('whole_count', 'total_count') }} end
        as numeric(9, 6)
    ) as whole_rate
from measured
