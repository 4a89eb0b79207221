{#- What of campaigns' goals cannot be counted as it stands; fct_quarantined_rows shows it. -#}
with

campaign_goals as (
    select * from {{ ref('stg_marketing__campaign_goals') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('stg_marketing__campaigns') }}
    where deleted_at is null
),

goals_of_campaigns as (
    select
        campaign_goals.tenant_id,
        campaign_goals.goal_id,
        campaign_goals.created_at,
        coalesce(campaign_goals.ends_on, campaigns.ends_on)
        - coalesce(campaign_goals.starts_on, campaigns.starts_on) + 1 as day_count
    from campaign_goals
    inner join campaigns
        on campaigns.tenant_id = campaign_goals.tenant_id
        and campaigns.campaign_id = campaign_goals.campaign_id
),

rows_quarantined as (
    select
        tenant_id, 'mkt_campaign_goals' as source_table, goal_id as source_id,
        case
            when day_count is null then 'goal_without_days'
            when day_count < 1 then 'goal_ends_before_it_begins'
            else 'goal_longer_than_ten_years'
        end as cause,
        created_at as occurred_at
    from goals_of_campaigns
    where day_count is null or day_count not between 1 and 3660
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(cause as text) as cause,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from rows_quarantined
