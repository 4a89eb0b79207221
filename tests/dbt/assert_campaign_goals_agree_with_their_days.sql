-- Fails when the last day of a goal that is over does not say what the goal says, yesterday does
-- not expect what the goal expects, or the days of a goal are not all there.
with

goals as (
    select * from {{ ref('rpt_campaign_goals') }}
),

goal_days as (
    select * from {{ ref('rpt_campaign_goal_days') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

days_counted as (
    select
        tenant_id, goal_id, attribution_model, window_days,
        count(*) as day_count, min(date_day) as first_date, max(date_day) as last_date
    from goal_days
    group by tenant_id, goal_id, attribution_model, window_days
)

select goals.tenant_id, goals.goal_id, goals.attribution_model, goals.window_days, 'actual' as fault
from goals
inner join tenants
    on tenants.tenant_id = goals.tenant_id
inner join goal_days
    on goal_days.tenant_id = goals.tenant_id
    and goal_days.goal_id = goals.goal_id
    and goal_days.attribution_model = goals.attribution_model
    and goal_days.window_days = goals.window_days
    and goal_days.date_day = goals.end_date
where goals.end_date <= tenants.as_of_date
    and goal_days.actual_value is distinct from goals.actual_value
union all
select
    goals.tenant_id, goals.goal_id, goals.attribution_model, goals.window_days, 'expected' as fault
from goals
inner join tenants
    on tenants.tenant_id = goals.tenant_id
inner join goal_days
    on goal_days.tenant_id = goals.tenant_id
    and goal_days.goal_id = goals.goal_id
    and goal_days.attribution_model = goals.attribution_model
    and goal_days.window_days = goals.window_days
    and goal_days.date_day = least(tenants.as_of_date - 1, goals.end_date)
where goal_days.expected_value is distinct from goals.expected_to_date_value
union all
select goals.tenant_id, goals.goal_id, goals.attribution_model, goals.window_days, 'days' as fault
from goals
left join days_counted
    on days_counted.tenant_id = goals.tenant_id
    and days_counted.goal_id = goals.goal_id
    and days_counted.attribution_model = goals.attribution_model
    and days_counted.window_days = goals.window_days
where days_counted.first_date is distinct from goals.start_date
    or days_counted.last_date is distinct from goals.end_date
    or days_counted.day_count is distinct from goals.end_date - goals.start_date + 1
