-- Fails when the last version of a goal's target is not what is set now, or versions leave a gap,
-- or one day is two's.
with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

targets as (
    select * from {{ ref('rpt_campaign_goal_targets') }}
),

neighbours as (
    select
        tenant_id,
        goal_id,
        valid_to_at,
        valid_to_date,
        lead(valid_from_at) over (partition by tenant_id, goal_id order by version_number)
            as next_from_at,
        lead(valid_from_date) over (partition by tenant_id, goal_id order by version_number)
            as next_from_date
    from targets
)

select goals.tenant_id, goals.goal_id, 'it is not what is set now' as fault
from goals
left join targets
    on targets.tenant_id = goals.tenant_id
    and targets.goal_id = goals.goal_id
    and targets.is_current
where targets.goal_id is null or targets.target_value is distinct from goals.target_value
union all
select tenant_id, goal_id, 'versions do not follow each other' as fault
from neighbours
where valid_to_at is distinct from next_from_at or valid_to_date is distinct from next_from_date - 1
