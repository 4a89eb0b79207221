with

campaigns as (
    select * from {{ ref('stg_marketing__campaigns') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

campaign_activities as (
    select * from {{ ref('stg_marketing__campaign_activities') }}
    where deleted_at is null
),

activities_per_campaign as (
    select tenant_id, campaign_id, count(*) as activity_count, sum(spent_amount) as spent_amount
    from campaign_activities
    group by tenant_id, campaign_id
),

{% set linked = {
    'goal': ('stg_marketing__campaign_goals', 'deleted_at is null'),
    'link': ('stg_marketing__utm_links', 'deleted_at is null'),
    'project': ('stg_marketing__campaign_projects', 'true'),
    'promotion': ('stg_marketing__promotion_campaigns', 'true'),
} -%}
{% for name, (staging, condition) in linked.items() -%}
{{ name }}s_per_campaign as (
    select tenant_id, campaign_id, count(*) as {{ name }}_count
    from {{ ref(staging) }}
    where {{ condition }}
    group by tenant_id, campaign_id
),

{% endfor -%}
campaigns_joined as (
    select
        campaigns.*,
        staff.full_name as owner_name,
        activities_per_campaign.activity_count,
        activities_per_campaign.spent_amount as activities_spent_amount
        {%- for name in linked %},
        {{ name }}s_per_campaign.{{ name }}_count
        {%- endfor %}
    from campaigns
    left join staff
        on staff.tenant_id = campaigns.tenant_id
        and staff.user_id = campaigns.owner_id
    left join activities_per_campaign
        on activities_per_campaign.tenant_id = campaigns.tenant_id
        and activities_per_campaign.campaign_id = campaigns.campaign_id
    {%- for name in linked %}
    left join {{ name }}s_per_campaign
        on {{ name }}s_per_campaign.tenant_id = campaigns.tenant_id
        and {{ name }}s_per_campaign.campaign_id = campaigns.campaign_id
    {%- endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(owner_id as bigint) as owner_id,

    -- attributes
    cast(code as text) as campaign_code,
    cast(coalesce(name, code, 'Campaign ' || cast(campaign_id as text)) as text) as campaign_name,
    cast(status as text) as campaign_status,
    cast(owner_name as text) as owner_name,
    cast(
        case
            when spent_amount is not null then 'campaign'
            when activities_spent_amount is not null then 'activities'
        end as text
    ) as spent_source,

    -- measures
    cast(budget_amount as numeric(18, 2)) as budget_amount,
    cast(coalesce(spent_amount, activities_spent_amount) as numeric(18, 2)) as spent_amount,
    cast(coalesce(goal_count, 0) as integer) as goal_count,
    cast(coalesce(activity_count, 0) as integer) as activity_count,
    cast(coalesce(link_count, 0) as integer) as link_count,
    cast(coalesce(project_count, 0) as integer) as project_count,
    cast(coalesce(promotion_count, 0) as integer) as promotion_count,

    -- flags
    cast(deleted_at is not null as boolean) as is_deleted,

    -- dates
    cast(starts_on as date) as start_date,
    cast(ends_on as date) as end_date
from campaigns_joined
