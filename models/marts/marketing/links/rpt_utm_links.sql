{#- Links that are not deleted: where each leads nowhere, and whether anybody uses it. -#}
with

utm_links as (
    select * from {{ ref('stg_marketing__utm_links') }}
    where deleted_at is null
),

affiliates as (
    select * from {{ ref('stg_marketing__affiliates') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

link_uses as (
    select * from {{ ref('fct_link_uses') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

uses_per_link as (
    select
        tenant_id,
        utm_link_id,
        count(case when is_touch then 1 end) as touch_count,
        count(case when is_order then 1 end) as order_count,
        max(used_date) as last_used_date
    from link_uses
    group by tenant_id, utm_link_id
),

links_joined as (
    select
        utm_links.*,
        affiliates.affiliate_id as known_affiliate_id,
        affiliates.code as affiliate_code,
        affiliates.name as affiliate_name,
        campaigns.campaign_id as known_campaign_id,
        campaigns.campaign_name,
        campaigns.end_date as campaign_end_date,
        coalesce(campaigns.is_deleted, false) as is_of_deleted,
        coalesce(
            campaigns.campaign_status in ('completed', 'cancelled')
            or campaigns.end_date < tenants.as_of_date, false
        ) as is_of_over,
        uses_per_link.touch_count,
        uses_per_link.order_count,
        uses_per_link.last_used_date
    from utm_links
    inner join tenants
        on tenants.tenant_id = utm_links.tenant_id
    left join affiliates
        on affiliates.tenant_id = utm_links.tenant_id
        and affiliates.affiliate_id = utm_links.affiliate_id
    left join campaigns
        on campaigns.tenant_id = utm_links.tenant_id
        and campaigns.campaign_id = utm_links.campaign_id
    left join uses_per_link
        on uses_per_link.tenant_id = utm_links.tenant_id
        and uses_per_link.utm_link_id = utm_links.utm_link_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(utm_link_id as bigint) as utm_link_id,
    cast(known_campaign_id as bigint) as campaign_id,
    cast(known_affiliate_id as bigint) as affiliate_id,

    -- attributes
    cast(campaign_name as text) as campaign_name,
    cast(
        case
            when known_affiliate_id is not null then coalesce(
                affiliate_code, 'Affiliate ' || cast(known_affiliate_id as text)
            )
        end as text
    ) as affiliate_code,
    cast(affiliate_name as text) as affiliate_name,
    cast(utm_source as text) as utm_source,
    cast(utm_medium as text) as utm_medium,
    cast(utm_campaign as text) as utm_campaign,
    cast(
        case
            when coalesce(trim(target_url), '') = '' then 'no_address'
            when known_campaign_id is null then 'no_campaign'
            when is_of_deleted then 'campaign_deleted'
            when is_of_over then 'campaign_over'
        end as text
    ) as link_fault,

    -- measures
    cast(click_count as bigint) as click_count,
    cast(coalesce(touch_count, 0) as integer) as touch_count,
    cast(coalesce(order_count, 0) as integer) as order_count,

    -- flags
    cast(last_used_date is null as boolean) as is_never_used,
    cast(coalesce(is_of_over and last_used_date > campaign_end_date, false) as boolean)
        as is_still_used,

    -- dates
    cast(last_used_date as date) as last_used_date,
    cast(campaign_end_date as date) as campaign_end_date
from links_joined
