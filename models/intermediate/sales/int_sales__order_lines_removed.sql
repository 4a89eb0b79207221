{#-
    Lines that were removed from counted orders. Nothing of the order's discount is theirs: it is
    split over the lines that are left. They count as sold and returned as far as refunds are for
    them (definitions.md, Removed lines).
-#}
with

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
    where deleted_at is not null
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
)

select
    -- keys
    cast(order_items.tenant_id as bigint) as tenant_id,
    cast(order_items.order_id as bigint) as order_id,
    cast(order_items.order_item_id as bigint) as order_item_id,
    cast(order_items.product_id as bigint) as product_id,

    -- measures, in the order's currency
    cast(
        case
            when order_items.quantity * order_items.unit_price > order_items.discount_amount
                then order_items.quantity * order_items.unit_price - order_items.discount_amount
            else 0
        end as numeric(18, 2)
    ) as demand_amount_original,

    -- flags
    cast(order_items.is_gift_card as boolean) as is_gift_card
from order_items
inner join orders_counted
    on orders_counted.tenant_id = order_items.tenant_id
    and orders_counted.order_id = order_items.order_id
