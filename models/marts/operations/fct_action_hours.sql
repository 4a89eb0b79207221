{#-
    What people changed, by the hour of the tenant's clocks, beside the most that they did in the
    same hour of the same weekday of the twelve weeks before.
-#}
{%- set weeks = 12 -%}
{%- set at_least = 20 -%}
with

actions as (
    select * from {{ ref('stg_history__actions') }}
    where user_id is not null
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

actions_timed as (
    select
        actions.tenant_id,
        actions.user_id,
        date_trunc('hour', {{ local_at('actions.occurred_at', 'tenants.timezone') }}) as action_hour
    from actions
    inner join tenants
        on tenants.tenant_id = actions.tenant_id
),

hours_counted as (
    select
        tenant_id,
        user_id,
        action_hour,
        cast(action_hour as date) as action_date,
        cast(extract(hour from action_hour) as integer) as hour_of_day,
        count(*) as action_count
    from actions_timed
    group by tenant_id, user_id, action_hour
),

hours_compared as (
    select
        hours_counted.tenant_id,
        hours_counted.user_id,
        hours_counted.action_hour,
        max(earlier.action_count) as usual_count
    from hours_counted
    inner join hours_counted as earlier
        on earlier.tenant_id = hours_counted.tenant_id
        and earlier.user_id = hours_counted.user_id
        and earlier.hour_of_day = hours_counted.hour_of_day
        and earlier.action_date between hours_counted.action_date - {{ 7 * weeks }}
        and hours_counted.action_date - 7
        and (hours_counted.action_date - earlier.action_date) % 7 = 0
    group by hours_counted.tenant_id, hours_counted.user_id, hours_counted.action_hour
)

select
    -- keys
    cast(hours_counted.tenant_id as bigint) as tenant_id,
    cast(hours_counted.user_id as bigint) as user_id,

    -- attributes
    cast(staff.full_name as text) as user_name,

    -- measures
    cast(hours_counted.hour_of_day as integer) as hour_of_day,
    cast(hours_counted.action_count as bigint) as action_count,
    cast(coalesce(hours_compared.usual_count, 0) as bigint) as usual_action_count,

    -- flags
    cast(
        hours_counted.action_count > {{ at_least }}
        and hours_counted.action_count > coalesce(hours_compared.usual_count, 0) as boolean
    ) as is_unusual,

    -- dates
    cast(hours_counted.action_date as date) as action_date
from hours_counted
left join hours_compared
    on hours_compared.tenant_id = hours_counted.tenant_id
    and hours_compared.user_id = hours_counted.user_id
    and hours_compared.action_hour = hours_counted.action_hour
left join staff
    on staff.tenant_id = hours_counted.tenant_id
    and staff.user_id = hours_counted.user_id
