{#- Batches of re-engagement that have begun, with their 28 days. -#}
with

batches as (
    select * from {{ ref('stg_customers__reengaged_batches') }}
    where
        deleted_at is null
        and started_at is not null
        and status in ('running', 'completed', 'cancelled')
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

batches_dated as (
    select
        batches.tenant_id,
        batches.reengaged_batch_id,
        {{ local_date('batches.started_at', 'tenants.timezone') }} as start_date,
        tenants.as_of_date
    from batches
    inner join tenants
        on tenants.tenant_id = batches.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(reengaged_batch_id as bigint) as reengaged_batch_id,

    -- flags
    cast(start_date >= as_of_date - 365 and start_date <= as_of_date as boolean) as is_looked_at,

    -- dates
    cast(start_date as date) as start_date,
    cast(start_date + 27 as date) as end_date
from batches_dated
