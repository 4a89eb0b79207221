{#-
    What of campaigns' goals cannot be counted as it stands, and what of redemptions looks as if it
    had been told twice; fct_quarantined_rows shows it.
-#}
with

campaign_goals as (
    select * from {{ ref('stg_marketing__campaign_goals') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('stg_marketing__campaigns') }}
    where deleted_at is null
),

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
    where is_use and order_id is not null
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
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

redemptions_numbered as (
    select
        redemptions.*,
        row_number() over (
            partition by tenant_id, promotion_id, order_id
            order by redeemed_at, redemption_id
        ) as redemption_of_order_number
    from redemptions
),

{#- what waives shipping is no discount of the order's -#}
redemptions_per_order as (
    select
        redemptions.tenant_id,
        redemptions.order_id,
        sum(redemptions.discount_amount_original) as redeemed_amount
    from redemptions
    inner join promotions
        on promotions.tenant_id = redemptions.tenant_id
        and promotions.promotion_id = redemptions.promotion_id
    where promotions.promotion_type <> 'free_shipping'
    group by redemptions.tenant_id, redemptions.order_id
),

line_discounts_per_order as (
    select tenant_id, order_id, sum(discount_amount) as discount_amount
    from order_items
    group by tenant_id, order_id
),

goals_quarantined as (
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
),

redemptions_told_twice as (
    select
        tenant_id, 'mkt_promotion_redemptions' as source_table, redemption_id as source_id,
        'promotion_redeemed_twice' as cause, redeemed_at as occurred_at
    from redemptions_numbered
    where redemption_of_order_number > 1
),

orders_redeemed_above_discounts as (
    select
        orders.tenant_id, 'orders' as source_table, orders.order_id as source_id,
        'redeemed_above_discounts' as cause, orders.ordered_at as occurred_at
    from orders
    inner join redemptions_per_order
        on redemptions_per_order.tenant_id = orders.tenant_id
        and redemptions_per_order.order_id = orders.order_id
    left join line_discounts_per_order
        on line_discounts_per_order.tenant_id = orders.tenant_id
        and line_discounts_per_order.order_id = orders.order_id
    where redemptions_per_order.redeemed_amount
        > orders.discount_amount + coalesce(line_discounts_per_order.discount_amount, 0)
),

rows_quarantined as (
    select * from goals_quarantined
    union all
    select * from redemptions_told_twice
    union all
    select * from orders_redeemed_above_discounts
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
