{#- Where a tenant advertises: what activities there cost and came to, and the page behind it. -#}
with

marketing_channels as (
    select * from {{ ref('stg_marketing__marketing_channels') }}
    where deleted_at is null
),

channels as (
    select * from {{ ref('dim_channels') }}
),

campaign_activities as (
    select * from {{ ref('rpt_campaign_activities') }}
),

activities_per_channel as (
    select
        tenant_id,
        marketing_channel_id,
        count(*) as activity_count,
        count(case when activity_status in ('planned', 'in_progress') then 1 end)
            as open_activity_count,
        sum(spent_amount) as spent_amount,
        sum(case when click_count is not null then spent_amount end) as clicked_spent_amount,
        sum(impression_count) as impression_count,
        sum(click_count) as click_count
    from campaign_activities
    group by tenant_id, marketing_channel_id
)

select
    -- keys
    cast(marketing_channels.tenant_id as bigint) as tenant_id,
    cast(marketing_channels.marketing_channel_id as bigint) as marketing_channel_id,
    cast(channels.page_id as bigint) as page_id,

    -- attributes
    cast(
        coalesce(marketing_channels.name, marketing_channels.code) as text
    ) as marketing_channel_name,
    cast(marketing_channels.channel_type as text) as marketing_channel_type,
    cast(channels.channel_name as text) as channel_name,

    -- measures
    cast(coalesce(activities.activity_count, 0) as integer) as activity_count,
    cast(coalesce(activities.open_activity_count, 0) as integer) as open_activity_count,
    cast(coalesce(activities.spent_amount, 0) as numeric(18, 2)) as spent_amount,
    cast(activities.impression_count as bigint) as impression_count,
    cast(activities.click_count as bigint) as click_count,
    cast(
        {{ ratio('activities.clicked_spent_amount', 'activities.click_count') }}
        as numeric(28, 8)
    ) as cost_per_click,

    -- flags
    cast(marketing_channels.is_active as boolean) as is_active
from marketing_channels
left join channels
    on channels.tenant_id = marketing_channels.tenant_id
    and channels.page_id = marketing_channels.page_id
left join activities_per_channel as activities
    on activities.tenant_id = marketing_channels.tenant_id
    and activities.marketing_channel_id = marketing_channels.marketing_channel_id
