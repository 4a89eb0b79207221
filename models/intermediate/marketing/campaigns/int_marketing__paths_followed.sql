{#-
    By which touches the orders came about that a campaign has credit for: each order's path within
    the window, as that campaign sees it.
-#}
with

touches_collected as (
    select * from {{ ref('int_marketing__touches_collected') }}
    where conversion_type = 'order'
),

campaigns_of_orders as (
    select distinct tenant_id, window_days, campaign_id, order_id
    from {{ ref('fct_campaign_sales') }}
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
            case
                when touches_collected.campaign_id = campaigns_of_orders.campaign_id then 1
                else 0
            end
        ) = 1 as is_own
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

{#- where a link was placed is anybody's text: its length says where it ends -#}
paths_per_order as (
    select
        tenant_id,
        window_days,
        campaign_id,
        order_id,
        md5(
            string_agg(
                case when is_own then 'own ' else 'other ' end || touch_source
                || coalesce(' ' || cast(length(touchpoint) as text) || ' ' || touchpoint, ''),
                ',' order by touch_number
            )
        ) as path_key
    from touches_seen
    group by tenant_id, window_days, campaign_id, order_id
)

select
    -- keys
    cast(touches_seen.tenant_id as bigint) as tenant_id,
    cast(touches_seen.campaign_id as bigint) as campaign_id,
    cast(touches_seen.window_days as integer) as window_days,
    cast(touches_seen.order_id as bigint) as order_id,
    cast(
        row_number() over (
            partition by
                touches_seen.tenant_id, touches_seen.campaign_id, touches_seen.window_days,
                touches_seen.order_id
            order by touches_seen.touch_number
        ) as integer
    ) as step_number,
    cast(paths_per_order.path_key as text) as path_key,

    -- attributes
    cast(touches_seen.touch_source as text) as touch_source,
    cast(touches_seen.touchpoint as text) as touchpoint,

    -- flags
    cast(touches_seen.is_own as boolean) as is_own
from touches_seen
inner join paths_per_order
    on paths_per_order.tenant_id = touches_seen.tenant_id
    and paths_per_order.window_days = touches_seen.window_days
    and paths_per_order.campaign_id = touches_seen.campaign_id
    and paths_per_order.order_id = touches_seen.order_id
