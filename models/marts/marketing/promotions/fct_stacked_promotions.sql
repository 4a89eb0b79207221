{#-
    What a promotion was used together with: its own net redemptions of an order beside every other
    promotion that was accepted on it. Amounts of the order stand on each pair: sum them per
    promotion and other promotion, never over all.
-#}
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption and order_id is not null
),

promotions_per_order as (
    select
        tenant_id,
        order_id,
        promotion_id,
        sum(discount_cost_amount) as discount_cost_amount
    from redemptions
    group by tenant_id, order_id, promotion_id
),

promotions as (
    select * from {{ ref('dim_promotions') }}
    where source_table = 'mkt_promotions'
)

select
    -- keys
    cast(redemptions.tenant_id as bigint) as tenant_id,
    cast(redemptions.redemption_id as bigint) as redemption_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(others.promotion_id as bigint) as other_promotion_id,
    cast(redemptions.order_id as bigint) as order_id,

    -- attributes
    cast(redemptions.promotion_name as text) as promotion_name,
    cast(promotions.promotion_name as text) as other_promotion_name,
    cast(promotions.promotion_code as text) as other_promotion_code,
    cast(redemptions.order_number as text) as order_number,
    cast(redemptions.channel_name as text) as channel_name,
    cast(redemptions.buyer_type as text) as buyer_type,

    -- measures
    cast(own.discount_cost_amount as numeric(18, 2)) as discount_cost_amount,
    cast(others.discount_cost_amount as numeric(18, 2)) as other_discount_cost_amount,
    cast(redemptions.promoted_sales_amount as numeric(18, 2)) as promoted_sales_amount,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date
from redemptions
inner join promotions_per_order as own
    on own.tenant_id = redemptions.tenant_id
    and own.order_id = redemptions.order_id
    and own.promotion_id = redemptions.promotion_id
inner join promotions_per_order as others
    on others.tenant_id = redemptions.tenant_id
    and others.order_id = redemptions.order_id
    and others.promotion_id <> redemptions.promotion_id
inner join promotions
    on promotions.tenant_id = others.tenant_id
    and promotions.promotion_id = others.promotion_id
where redemptions.is_order_promoted_once
