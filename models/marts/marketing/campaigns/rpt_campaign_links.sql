{#-
    What came by each link: orders that name it, whole and whatever the attribution model, and the
    commission of its affiliate (fct_link_uses).
-#}
with

utm_links as (
    select * from {{ ref('stg_marketing__utm_links') }}
),

affiliates as (
    select * from {{ ref('stg_marketing__affiliates') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

orders_of_links as (
    select * from {{ ref('fct_link_uses') }}
    where is_order
),

links_of_affiliates as (
    select
        utm_links.*,
        affiliates.name as affiliate_name,
        affiliates.code as affiliate_code,
        affiliates.commission_rate
    from utm_links
    left join affiliates
        on affiliates.tenant_id = utm_links.tenant_id
        and affiliates.affiliate_id = utm_links.affiliate_id
),

links_summed as (
    select
        tenant_id,
        utm_link_id,
        count(*) as order_count,
        count(case when is_of_new_customer then 1 end) as new_customer_count,
        sum(demand_sales_amount) as demand_sales_amount,
        sum(net_sales_amount) as net_sales_amount,
        {{ where_costed(
            'sum(net_sales_amount - cost_amount)',
            'sum(costed_demand_amount)',
            'sum(demand_sales_amount)',
        ) }} as gross_margin_amount,
        sum(commission_amount) as commission_amount,
        min(used_date) as first_order_date,
        max(used_date) as last_order_date
    from orders_of_links
    group by tenant_id, utm_link_id
)

select
    -- keys
    cast(links.tenant_id as bigint) as tenant_id,
    cast(links.utm_link_id as bigint) as utm_link_id,
    cast(links.campaign_id as bigint) as campaign_id,
    cast(links.affiliate_id as bigint) as affiliate_id,

    -- attributes
    cast(campaigns.campaign_name as text) as campaign_name,
    cast(
        case
            when links.affiliate_id is not null then coalesce(
                links.affiliate_code, 'Affiliate ' || cast(links.affiliate_id as text)
            )
        end as text
    ) as affiliate_code,
    cast(links.affiliate_name as text) as affiliate_name,
    cast(links.utm_source as text) as utm_source,
    cast(links.utm_medium as text) as utm_medium,
    cast(links.utm_campaign as text) as utm_campaign,
    cast(links.utm_content as text) as utm_content,
    cast(links.utm_term as text) as utm_term,
    cast(links.target_url as text) as target_url,

    -- measures
    cast(links.click_count as bigint) as click_count,
    cast(coalesce(summed.order_count, 0) as bigint) as order_count,
    cast(coalesce(summed.new_customer_count, 0) as bigint) as new_customer_count,
    cast(coalesce(summed.demand_sales_amount, 0) as numeric(18, 2)) as demand_sales_amount,
    cast(coalesce(summed.net_sales_amount, 0) as numeric(18, 2)) as net_sales_amount,
    cast(
        case when summed.utm_link_id is null then 0 else summed.gross_margin_amount end
        as numeric(18, 2)
    ) as gross_margin_amount,
    cast(links.commission_rate as numeric(9, 6)) as commission_rate,
    cast(
        case
            when links.commission_rate is not null then coalesce(summed.commission_amount, 0)
        end as numeric(18, 2)
    ) as commission_amount,
    cast({{ ratio('coalesce(summed.order_count, 0)', 'links.click_count') }} as numeric(28, 8))
        as order_rate,

    -- flags
    cast(links.deleted_at is not null as boolean) as is_deleted,

    -- dates
    cast(summed.first_order_date as date) as first_order_date,
    cast(summed.last_order_date as date) as last_order_date
from links_of_affiliates as links
left join campaigns
    on campaigns.tenant_id = links.tenant_id
    and campaigns.campaign_id = links.campaign_id
left join links_summed as summed
    on summed.tenant_id = links.tenant_id
    and summed.utm_link_id = links.utm_link_id
