{#- Requests to be away: how long each waits, or took to be decided (definitions.md, People). -#}
with

time_off_requests as (
    select * from {{ ref('stg_schedule__time_off_requests') }}
),

leave_types as (
    select * from {{ ref('stg_schedule__leave_types') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

requests_dated as (
    select
        time_off_requests.*,
        tenants.as_of_date,
        time_off_requests.status = 'requested' as is_waiting,
        {{ local_date('time_off_requests.requested_at', 'tenants.timezone') }} as requested_date,
        {{ local_date('time_off_requests.starts_at', 'tenants.timezone') }} as start_date,
        {{ local_date('time_off_requests.ends_at', 'tenants.timezone') }} as end_date,
        case
            when time_off_requests.status in ('approved', 'rejected')
                then {{ local_date('time_off_requests.confirmed_at', 'tenants.timezone') }}
        end as decided_date
    from time_off_requests
    inner join tenants
        on tenants.tenant_id = time_off_requests.tenant_id
)

select
    -- keys
    cast(requests_dated.tenant_id as bigint) as tenant_id,
    cast(requests_dated.time_off_request_id as bigint) as time_off_request_id,
    cast(requests_dated.user_id as bigint) as user_id,
    cast(leave_types.leave_type_id as bigint) as leave_type_id,
    cast(requests_dated.confirmed_by as bigint) as decider_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(leave_types.name as text) as leave_type_name,
    cast(deciders.full_name as text) as decider_name,
    cast(requests_dated.status as text) as request_status,

    -- measures
    cast(
        case
            when requests_dated.is_waiting
                then requests_dated.as_of_date - requests_dated.requested_date
        end as integer
    ) as wait_days,
    cast(
        case
            when requests_dated.decided_date >= requests_dated.requested_date
                then requests_dated.decided_date - requests_dated.requested_date
        end as integer
    ) as decide_days,

    -- flags
    cast(requests_dated.is_waiting as boolean) as is_waiting,
    cast(
        requests_dated.is_waiting and requests_dated.start_date <= requests_dated.as_of_date
        as boolean
    ) as is_overdue,

    -- dates
    cast(requests_dated.requested_date as date) as requested_date,
    cast(requests_dated.decided_date as date) as decided_date,
    cast(requests_dated.start_date as date) as start_date,
    cast(requests_dated.end_date as date) as end_date
from requests_dated
left join leave_types
    on leave_types.tenant_id = requests_dated.tenant_id
    and leave_types.leave_type_id = requests_dated.leave_type_id
left join staff
    on staff.tenant_id = requests_dated.tenant_id
    and staff.user_id = requests_dated.user_id
left join staff as deciders
    on deciders.tenant_id = requests_dated.tenant_id
    and deciders.user_id = requests_dated.confirmed_by
