{#-
    Uses of tracked links: touchpoints that name one, and counted orders, whole, whatever the
    attribution model. Commission is rounded per order (docs/decisions/0010).
-#}
with

utm_links as (
    select * from {{ ref('stg_marketing__utm_links') }}
),

affiliates as (
    select * from {{ ref('stg_marketing__affiliates') }}
),

journeys as (
    select * from {{ ref('stg_customers__personal_journeys') }}
    where utm_link_id is not null
),

orders_meta as (
    select * from {{ ref('stg_orders__orders_meta') }}
    where utm_link_id is not null
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

links_of_affiliates as (
    select
        utm_links.tenant_id,
        utm_links.utm_link_id,
        utm_links.campaign_id,
        affiliates.affiliate_id,
        affiliates.commission_rate
    from utm_links
    left join affiliates
        on affiliates.tenant_id = utm_links.tenant_id
        and affiliates.affiliate_id = utm_links.affiliate_id
),

orders_of_links as (
    select
        orders_meta.utm_link_id,
        orders_that_count.*
    from orders_meta
    inner join orders_that_count
        on orders_that_count.tenant_id = orders_meta.tenant_id
        and orders_that_count.order_id = orders_meta.order_id
),

uses_collected as (
    select
        tenant_id,
        utm_link_id,
        'order' as use_type,
        order_id as use_id,
        order_id,
        buyer_type,
        demand_sales_amount,
        net_sales_amount,
        costed_demand_amount,
        cost_amount,
        order_date as used_date,
        ordered_at_local as used_at_local
    from orders_of_links
    union all
    select
        journeys.tenant_id,
        journeys.utm_link_id,
        'touch',
        journeys.personal_journey_id,
        null,
        null,
        null,
        null,
        null,
        null,
        {{ local_date('journeys.occurred_at', 'tenants.timezone') }},
        {{ local_at('journeys.occurred_at', 'tenants.timezone') }}
    from journeys
    inner join tenants
        on tenants.tenant_id = journeys.tenant_id
)

select
    -- keys
    cast(uses.tenant_id as bigint) as tenant_id,
    cast(uses.use_type as text) as use_type,
    cast(uses.use_id as bigint) as use_id,
    cast(uses.utm_link_id as bigint) as utm_link_id,
    cast(links.campaign_id as bigint) as campaign_id,
    cast(links.affiliate_id as bigint) as affiliate_id,
    cast(uses.order_id as bigint) as order_id,

    -- measures
    cast(uses.demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(uses.net_sales_amount as numeric(18, 2)) as net_sales_amount,
    cast(uses.costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(uses.cost_amount as numeric(18, 2)) as cost_amount,
    cast(
        round(
            cast(uses.net_sales_amount as numeric(28, 2))
            * cast(links.commission_rate as numeric(9, 6)),
            2
        ) as numeric(18, 2)
    ) as commission_amount,

    -- flags
    cast(uses.use_type = 'touch' as boolean) as is_touch,
    cast(uses.use_type = 'order' as boolean) as is_order,
    cast(coalesce(uses.buyer_type = 'new', false) as boolean) as is_of_new_customer,
    cast(uses.use_type = 'order' and links.affiliate_id is not null as boolean)
        as is_affiliate_order,

    -- dates
    cast(uses.used_date as date) as used_date,

    -- timestamps
    cast(uses.used_at_local as timestamp) as used_at_local
from uses_collected as uses
inner join links_of_affiliates as links
    on links.tenant_id = uses.tenant_id
    and links.utm_link_id = uses.utm_link_id
