{#-
    By which touches the orders came about that a campaign has credit for: each order's path within
    the window, as that campaign sees it. The parts of orders and sales are those attributed to it,
    so that the paths of a campaign add up to what it has.
-#}
with

touches_collected as (
    select * from {{ ref('int_marketing__touches_collected') }}
    where conversion_type = 'order'
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

campaigns_of_orders as (
    select distinct tenant_id, window_days, campaign_id, order_id
    from sales_per_order
),

{#- a touch of several campaigns is one step, and the campaign's own if it is one of them -#}
touches_seen as (
    select
        campaigns_of_orders.tenant_id,
        campaigns_of_orders.window_days,
        campaigns_of_orders.campaign_id,
        campaigns_of_orders.order_id,
        touches_collected.touch_number,
        touches_collected.touch_source,
        touches_collected.touchpoint,
        max(
            case when touches_collected.campaign_id = campaigns_of_orders.campaign_id then 1 else 0 end
        ) as is_own
    from campaigns_of_orders
    inner join touches_collected
        on touches_collected.tenant_id = campaigns_of_orders.tenant_id
        and touches_collected.conversion_id = campaigns_of_orders.order_id
        and touches_collected.age_microseconds
        <= cast(campaigns_of_orders.window_days as bigint) * 86400000000
    group by
        campaigns_of_orders.tenant_id, campaigns_of_orders.window_days,
        campaigns_of_orders.campaign_id, campaigns_of_orders.order_id,
        touches_collected.touch_number, touches_collected.touch_source,
        touches_collected.touchpoint
),

paths_per_order as (
    select
        tenant_id,
        window_days,
        campaign_id,
        order_id,
        count(*) as touch_count,
        string_agg(
            case when is_own = 1 then '' else 'other:' end
            || touch_source || coalesce(':' || touchpoint, ''),
            ' > ' order by touch_number
        ) as path
    from touches_seen
    group by tenant_id, window_days, campaign_id, order_id
),

paths_summed as (
    select
        sales_per_order.tenant_id,
        sales_per_order.campaign_id,
        sales_per_order.attribution_model,
        sales_per_order.window_days,
        paths_per_order.path,
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
        sales_per_order.window_days, paths_per_order.path, paths_per_order.touch_count
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,
    cast(path as text) as path,

    -- measures
    cast(touch_count as bigint) as touch_count,
    cast(order_count as bigint) as order_count,
    cast(order_weight as numeric(18, 8)) as order_weight,
    cast(net_sales_amount as numeric(18, 2)) as net_sales_amount
from paths_summed
