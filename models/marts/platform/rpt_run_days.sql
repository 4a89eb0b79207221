with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

run_days as (
    select * from {{ source('facet_source', 'run_days') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(run_days.run_date as date) as run_date,

    -- measures
    cast(run_days.run_count as integer) as run_count,
    cast(run_days.failed_count as integer) as failed_count,
    cast(run_days.median_seconds as numeric(12, 3)) as median_seconds,
    cast(run_days.longest_seconds as numeric(12, 3)) as longest_seconds,
    cast(run_days.oldest_data_seconds as numeric(12, 3)) as oldest_data_seconds
from tenants
cross join run_days
