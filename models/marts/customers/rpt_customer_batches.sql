{#-
    Lots of customers that were imported, handed out, exported or cleaned up: how far each came.
-#}
with

batches as (
    select * from {{ ref('stg_customers__customer_batches') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

batches_dated as (
    select
        batches.*,
        tenants.as_of_date,
        {{ local_date('batches.started_at', 'tenants.timezone') }} as start_date,
        {{ local_date('batches.finished_at', 'tenants.timezone') }} as end_date
    from batches
    inner join tenants
        on tenants.tenant_id = batches.tenant_id
),

batches_counted as (
    select
        batches_dated.*,
        greatest(
            cast(row_count as bigint) - processed_count - failed_count, 0
        ) as remaining_count,
        case
            when finished_at >= started_at
                then {{ microseconds_between('started_at', 'finished_at') }}
        end as duration_microseconds,
        coalesce(status = 'running' and start_date < as_of_date - 1, false) as is_stalled
    from batches_dated
)

select
    -- keys
    cast(batches_counted.tenant_id as bigint) as tenant_id,
    cast(batches_counted.customer_batch_id as bigint) as customer_batch_id,
    cast(batches_counted.owner_id as bigint) as owner_id,

    -- attributes
    cast(batches_counted.code as text) as batch_code,
    cast(batches_counted.name as text) as batch_name,
    cast(batches_counted.batch_type as text) as batch_type,
    cast(batches_counted.status as text) as batch_status,
    cast(nullif(trim(batches_counted.source), '') as text) as batch_source,
    cast(staff.full_name as text) as owner_name,

    -- measures
    cast(batches_counted.row_count as integer) as row_count,
    cast(batches_counted.processed_count as integer) as processed_count,
    cast(batches_counted.failed_count as integer) as failed_count,
    cast(batches_counted.remaining_count as integer) as remaining_count,
    {{ minutes_of('duration_microseconds') }} as duration_minutes,

    -- flags
    cast(batches_counted.is_stalled as boolean) as is_stalled,
    cast(
        batches_counted.status = 'failed'
        or batches_counted.is_stalled
        or (
            batches_counted.status in ('completed', 'cancelled')
            and batches_counted.failed_count + batches_counted.remaining_count > 0
        ) as boolean
    ) as is_incomplete,

    -- dates
    cast(batches_counted.start_date as date) as start_date,
    cast(batches_counted.end_date as date) as end_date
from batches_counted
left join staff
    on staff.tenant_id = batches_counted.tenant_id
    and staff.user_id = batches_counted.owner_id
