{#-
    What is done in campaigns, by when and at what cost; what is deleted costs nothing and is not
    shown.
-#}
with

campaign_activities as (
    select * from {{ ref('stg_marketing__campaign_activities') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

campaign_goals as (
    select * from {{ ref('stg_marketing__campaign_goals') }}
    where deleted_at is null
),

marketing_channels as (
    select * from {{ ref('stg_marketing__marketing_channels') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
)

select
    -- keys
    cast(activities.tenant_id as bigint) as tenant_id,
    cast(activities.campaign_activity_id as bigint) as activity_id,
    cast(activities.campaign_id as bigint) as campaign_id,
    cast(campaign_goals.goal_id as bigint) as goal_id,
    cast(activities.marketing_channel_id as bigint) as marketing_channel_id,
    cast(activities.owner_id as bigint) as owner_id,

    -- attributes
    cast(activities.name as text) as activity_name,
    cast(activities.activity_type as text) as activity_type,
    cast(activities.status as text) as activity_status,
    cast(campaigns.campaign_name as text) as campaign_name,
    cast(campaign_goals.name as text) as goal_name,
    cast(marketing_channels.name as text) as marketing_channel_name,
    cast(marketing_channels.channel_type as text) as marketing_channel_type,
    cast(staff.full_name as text) as owner_name,

    -- measures
    cast(activities.budget_amount as numeric(18, 2)) as budget_amount,
    cast(activities.spent_amount as numeric(18, 2)) as spent_amount,
    cast(activities.impression_count as bigint) as impression_count,
    cast(activities.click_count as bigint) as click_count,
    cast({{ ratio('activities.click_count', 'activities.impression_count') }} as numeric(28, 8))
        as click_rate,
    cast({{ ratio('activities.spent_amount', 'activities.click_count') }} as numeric(28, 8))
        as cost_per_click,
    cast({{ ratio('activities.spent_amount', 'activities.budget_amount') }} as numeric(28, 8))
        as budget_used_rate,

    -- flags
    cast(
        coalesce(
            activities.status in ('planned', 'in_progress')
            and activities.due_on < tenants.as_of_date, false
        ) as boolean
    ) as is_overdue,

    -- dates
    cast(activities.starts_on as date) as start_date,
    cast(activities.due_on as date) as due_date,
    cast({{ local_date('activities.completed_at', 'tenants.timezone') }} as date) as completed_date
from campaign_activities as activities
inner join campaigns
    on campaigns.tenant_id = activities.tenant_id
    and campaigns.campaign_id = activities.campaign_id
inner join tenants
    on tenants.tenant_id = activities.tenant_id
left join campaign_goals
    on campaign_goals.tenant_id = activities.tenant_id
    and campaign_goals.goal_id = activities.goal_id
left join marketing_channels
    on marketing_channels.tenant_id = activities.tenant_id
    and marketing_channels.marketing_channel_id = activities.marketing_channel_id
left join staff
    on staff.tenant_id = activities.tenant_id
    and staff.user_id = activities.owner_id
