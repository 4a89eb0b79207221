{#-
    Versions follow each other: the first holds from when the goal was made, each until the next.
    One that was overtaken at the moment it began, as when ids are used again, never held.
-#}
with

target_snapshots as (
    select * from {{ ref('campaign_goal_targets') }}
),

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

targets_of_goals as (
    select
        target_snapshots.tenant_id,
        target_snapshots.goal_id,
        target_snapshots.target_value,
        goals.campaign_id,
        goals.goal_name,
        goals.campaign_name,
        goals.goal_metric,
        goals.created_at,
        greatest(target_snapshots.dbt_valid_from, goals.created_at) as begins_at,
        case when target_snapshots.dbt_valid_to is null then 1 else 0 end as is_last,
        tenants.timezone
    from target_snapshots
    inner join goals
        on goals.tenant_id = target_snapshots.tenant_id
        and goals.goal_id = target_snapshots.goal_id
    inner join tenants
        on tenants.tenant_id = target_snapshots.tenant_id
),

targets_ordered as (
    select
        targets_of_goals.*,
        lead(begins_at) over (
            partition by tenant_id, goal_id order by is_last, begins_at
        ) as overtaken_at
    from targets_of_goals
),

versions as (
    select
        targets_ordered.*,
        row_number() over (
            partition by tenant_id, goal_id order by is_last, begins_at
        ) as version_number,
        lag(target_value) over (
            partition by tenant_id, goal_id order by is_last, begins_at
        ) as previous_target_value
    from targets_ordered
    where overtaken_at is null or begins_at < overtaken_at
),

versions_dated as (
    select
        versions.*,
        case when version_number = 1 then created_at else begins_at end as valid_from_at,
        overtaken_at as valid_to_at
    from versions
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(goal_id as bigint) as goal_id,
    cast(version_number as integer) as version_number,
    cast(campaign_id as bigint) as campaign_id,

    -- attributes
    cast(goal_name as text) as goal_name,
    cast(campaign_name as text) as campaign_name,
    cast(goal_metric as text) as goal_metric,
    cast(
        case
            when version_number = 1 then 'first'
            when target_value is null then 'removed'
            when previous_target_value is null then 'set'
            when target_value > previous_target_value then 'raised'
            else 'lowered'
        end as text
    ) as change_type,

    -- measures
    cast(target_value as numeric(18, 2)) as target_value,
    cast(previous_target_value as numeric(18, 2)) as previous_target_value,
    cast(target_value - previous_target_value as numeric(18, 2)) as change_value,

    -- flags
    cast(valid_to_at is null as boolean) as is_current,

    -- dates
    cast({{ local_date('valid_from_at', 'timezone') }} as date) as valid_from_date,
    cast({{ local_date('valid_to_at', 'timezone') }} - 1 as date) as valid_to_date,

    -- timestamps
    cast(valid_from_at as timestamp with time zone) as valid_from_at,
    cast(valid_to_at as timestamp with time zone) as valid_to_at
from versions_dated
