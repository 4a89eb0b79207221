with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

failed_test_days as (
    select * from {{ source('facet_source', 'failed_test_days') }}
),

failures_of_tenants as (
    select
        tenants.tenant_id,
        failed_test_days.run_date,
        failed_test_days.test_name,
        failed_test_days.run_count,
        failed_test_days.row_count
    from tenants
    inner join failed_test_days
        on failed_test_days.tenant_id = tenants.tenant_id or failed_test_days.tenant_id is null
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(test_name as text) as test_name,

    -- measures
    cast(count(distinct run_date) as integer) as day_count,
    cast(sum(run_count) as integer) as run_count,
    cast(max(row_count) as bigint) as row_count,

    -- dates
    cast(min(run_date) as date) as first_failed_date,
    cast(max(run_date) as date) as last_failed_date
from failures_of_tenants
group by tenant_id, test_name
