{#-
    The goals that are shown, with the days that count: their own, else those of the campaign. A
    goal that nobody has dated, or for more than ten years, is in quarantine (fct_quarantined_rows).
-#}
with

campaign_goals as (
    select * from {{ ref('stg_marketing__campaign_goals') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
    where not is_deleted
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

goals_of_campaigns as (
    select
        campaign_goals.*,
        campaigns.campaign_name,
        coalesce(campaign_goals.starts_on, campaigns.start_date) as start_date,
        coalesce(campaign_goals.ends_on, campaigns.end_date) as end_date,
        tenants.as_of_date
    from campaign_goals
    inner join campaigns
        on campaigns.tenant_id = campaign_goals.tenant_id
        and campaigns.campaign_id = campaign_goals.campaign_id
    inner join tenants
        on tenants.tenant_id = campaign_goals.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(goal_id as bigint) as goal_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(parent_goal_id as bigint) as parent_goal_id,

    -- attributes
    cast(name as text) as goal_name,
    cast(campaign_name as text) as campaign_name,
    cast(metric as text) as goal_metric,

    -- measures
    cast(target_value as numeric(18, 2)) as target_value,
    cast(manual_value as numeric(18, 2)) as manual_value,
    cast(end_date - start_date + 1 as integer) as day_count,
    cast(
        greatest(least(as_of_date - start_date, end_date - start_date + 1), 0) as integer
    ) as gone_day_count,
    cast(
        greatest(end_date - greatest(as_of_date, start_date) + 1, 0) as integer
    ) as left_day_count,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(as_of_date as date) as as_of_date,

    -- timestamps
    cast(created_at as timestamp with time zone) as created_at
from goals_of_campaigns
where end_date - start_date between 0 and 3659
