{#- Who sends customers for a commission, and what came by their links. -#}
with

affiliates as (
    select * from {{ ref('stg_marketing__affiliates') }}
),

utm_links as (
    select * from {{ ref('stg_marketing__utm_links') }}
    where deleted_at is null
),

orders_of_affiliates as (
    select * from {{ ref('fct_link_uses') }}
    where is_affiliate_order
),

links_per_affiliate as (
    select tenant_id, affiliate_id, count(*) as link_count
    from utm_links
    group by tenant_id, affiliate_id
),

orders_per_affiliate as (
    select
        tenant_id,
        affiliate_id,
        count(*) as order_count,
        count(case when is_of_new_customer then 1 end) as new_customer_count,
        sum(net_sales_amount) as net_sales_amount,
        {{ where_costed(
            'sum(cost_amount)', 'sum(costed_demand_amount)', 'sum(demand_sales_amount)'
        ) }} as cost_amount,
        sum(commission_amount) as commission_amount,
        max(used_date) as last_order_date
    from orders_of_affiliates
    group by tenant_id, affiliate_id
)

select
    -- keys
    cast(affiliates.tenant_id as bigint) as tenant_id,
    cast(affiliates.affiliate_id as bigint) as affiliate_id,

    -- attributes
    cast(
        coalesce(affiliates.code, 'Affiliate ' || cast(affiliates.affiliate_id as text)) as text
    ) as affiliate_code,
    cast(affiliates.name as text) as affiliate_name,
    cast(affiliates.status as text) as affiliate_status,

    -- measures
    cast(affiliates.commission_rate as numeric(9, 6)) as commission_rate,
    cast(coalesce(links_per_affiliate.link_count, 0) as integer) as link_count,
    cast(coalesce(orders_per_affiliate.order_count, 0) as integer) as order_count,
    cast(coalesce(orders_per_affiliate.new_customer_count, 0) as integer) as new_customer_count,
    cast(coalesce(orders_per_affiliate.net_sales_amount, 0) as numeric(18, 2)) as net_sales_amount,
    cast(
        case when orders_per_affiliate.affiliate_id is null then 0 else cost_amount end
        as numeric(18, 2)
    ) as cost_amount,
    cast(
        case
            when affiliates.commission_rate is not null
                then coalesce(orders_per_affiliate.commission_amount, 0)
        end as numeric(18, 2)
    ) as commission_amount,

    -- flags
    cast(affiliates.deleted_at is not null as boolean) as is_deleted,
    cast(
        affiliates.commission_rate is null and orders_per_affiliate.affiliate_id is not null
        as boolean
    ) as lacks_rate,

    -- dates
    cast(orders_per_affiliate.last_order_date as date) as last_order_date
from affiliates
left join links_per_affiliate
    on links_per_affiliate.tenant_id = affiliates.tenant_id
    and links_per_affiliate.affiliate_id = affiliates.affiliate_id
left join orders_per_affiliate
    on orders_per_affiliate.tenant_id = affiliates.tenant_id
    and orders_per_affiliate.affiliate_id = affiliates.affiliate_id
where affiliates.deleted_at is null or orders_per_affiliate.affiliate_id is not null
