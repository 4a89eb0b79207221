{#- What was changed of a published schedule, or is asked for (definitions.md, People). -#}
with

schedule_revision_details as (
    select * from {{ ref('stg_schedule__schedule_revision_details') }}
),

schedule_revisions as (
    select * from {{ ref('stg_schedule__schedule_revisions') }}
),

schedules as (
    select * from {{ ref('stg_schedule__schedules') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

changes as (
    select
        details.*,
        revisions.status as revision_status,
        revisions.period_start,
        revisions.period_end,
        tenants.as_of_date,
        coalesce(details.old_user_id, schedules.user_id, details.new_user_id) as user_id,
        revisions.status = 'requested' as is_waiting,
        {{ local_date('revisions.requested_at', 'tenants.timezone') }} as requested_date,
        {{ local_date('revisions.decided_at', 'tenants.timezone') }} as decided_date
    from schedule_revision_details as details
    inner join schedule_revisions as revisions
        on revisions.tenant_id = details.tenant_id
        and revisions.schedule_revision_id = details.schedule_revision_id
    inner join tenants
        on tenants.tenant_id = details.tenant_id
    left join schedules
        on schedules.tenant_id = details.tenant_id
        and schedules.schedule_id = details.schedule_id
)

select
    -- keys
    cast(changes.tenant_id as bigint) as tenant_id,
    cast(changes.schedule_revision_detail_id as bigint) as schedule_revision_detail_id,
    cast(changes.schedule_revision_id as bigint) as schedule_revision_id,
    cast(changes.user_id as bigint) as user_id,
    cast(changes.new_user_id as bigint) as new_user_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(new_staff.full_name as text) as new_user_name,
    cast(changes.change_type as text) as change_type,
    cast(changes.revision_status as text) as revision_status,

    -- measures
    cast(
        case
            when changes.is_waiting then changes.as_of_date - changes.requested_date
        end as integer
    ) as wait_days,
    cast(
        case
            when not changes.is_waiting and changes.decided_date >= changes.requested_date
                then changes.decided_date - changes.requested_date
        end as integer
    ) as decide_days,

    -- flags
    cast(changes.is_waiting as boolean) as is_waiting,
    cast(
        coalesce(
            changes.change_type = 'reassigned' and changes.old_user_id <> changes.new_user_id,
            false
        ) as boolean
    ) as is_swap,

    -- dates
    cast(changes.requested_date as date) as requested_date,
    cast(changes.period_start as date) as period_start,
    cast(changes.period_end as date) as period_end,

    -- timestamps
    cast(changes.old_starts_at as timestamp with time zone) as old_starts_at,
    cast(changes.old_ends_at as timestamp with time zone) as old_ends_at,
    cast(changes.new_starts_at as timestamp with time zone) as new_starts_at,
    cast(changes.new_ends_at as timestamp with time zone) as new_ends_at
from changes
left join staff
    on staff.tenant_id = changes.tenant_id
    and staff.user_id = changes.user_id
left join staff as new_staff
    on new_staff.tenant_id = changes.tenant_id
    and new_staff.user_id = changes.new_user_id
