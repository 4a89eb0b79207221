{#-
    What came about by each path of touches. The parts of orders and sales are those attributed to
    the campaign, so that its paths add up to what it has.
-#}
with

paths_followed as (
    select * from {{ ref('int_marketing__paths_followed') }}
),

campaign_sales as (
    select * from {{ ref('fct_campaign_sales') }}
),

sales_per_order as (
    select
        tenant_id,
        attribution_model,
        window_days,
        campaign_id,
        order_id,
        sum(order_weight) as order_weight,
        sum(net_sales_amount) as net_sales_amount
    from campaign_sales
    group by tenant_id, attribution_model, window_days, campaign_id, order_id
),

paths_per_order as (
    select tenant_id, window_days, campaign_id, order_id, path_key, count(*) as touch_count
    from paths_followed
    group by tenant_id, window_days, campaign_id, order_id, path_key
),

paths_summed as (
    select
        sales_per_order.tenant_id,
        sales_per_order.campaign_id,
        sales_per_order.attribution_model,
        sales_per_order.window_days,
        paths_per_order.path_key,
        paths_per_order.touch_count,
        count(*) as order_count,
        sum(sales_per_order.order_weight) as order_weight,
        sum(sales_per_order.net_sales_amount) as net_sales_amount
    from sales_per_order
    inner join paths_per_order
        on paths_per_order.tenant_id = sales_per_order.tenant_id
        and paths_per_order.window_days = sales_per_order.window_days
        and paths_per_order.campaign_id = sales_per_order.campaign_id
        and paths_per_order.order_id = sales_per_order.order_id
    group by
        sales_per_order.tenant_id, sales_per_order.campaign_id, sales_per_order.attribution_model,
        sales_per_order.window_days, paths_per_order.path_key, paths_per_order.touch_count
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,
    cast(path_key as text) as path_key,

    -- measures
    cast(touch_count as bigint) as touch_count,
    cast(order_count as bigint) as order_count,
    cast(order_weight as numeric(18, 8)) as order_weight,
    cast(net_sales_amount as numeric(18, 2)) as net_sales_amount
from paths_summed
