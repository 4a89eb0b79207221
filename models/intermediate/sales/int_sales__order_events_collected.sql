{#-
    What a counted order is made of, signed by what it does to the margin, on the day of the order:
    its lines, what was taken off them, what they cost, and what is charged beside them.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

orders_balanced as (
    select * from {{ ref('int_sales__orders_balanced') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
),

events_of_lines as (
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        case when is_gift_card then 'gift_card' else 'sale' end as event_type,
        'order_items' as source_table, order_item_id as source_id,
        case when is_gift_card then demand_amount else gross_amount end as amount, quantity
    from order_lines
    union all
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        'discount', 'order_items', order_item_id, -line_discount_amount, 0
    from order_lines
    where not is_gift_card and line_discount_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        'discount', 'orders', order_id, -order_discount_share_amount, 0
    from order_lines
    where not is_gift_card and order_discount_share_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        'cost', 'order_items', order_item_id, -cost_amount, 0
    from order_lines
    where not is_gift_card and cost_amount <> 0
),

{#- an order without lines is an order all the same: its row carries no amount -#}
events_of_orders as (
    select orders_counted.tenant_id, orders_counted.order_id, 'order' as event_type, 0 as amount
    from orders_counted
    left join order_lines
        on order_lines.tenant_id = orders_counted.tenant_id
        and order_lines.order_id = orders_counted.order_id
    where order_lines.order_id is null
    union all
    select
        tenant_id, order_id, 'tax',
        {{ to_tenant_currency('tax_amount_original', 'exchange_rate', 'decimal_places') }}
    from orders_counted
    where tax_amount_original <> 0
    union all
    select
        tenant_id, order_id, 'shipping',
        {{ to_tenant_currency('shipping_amount_original', 'exchange_rate', 'decimal_places') }}
    from orders_counted
    where shipping_amount_original <> 0
    union all
    select tenant_id, order_id, 'balance_rounding', rounding_amount
    from orders_balanced
    where rounding_amount <> 0
),

order_events as (
    select * from events_of_lines
    union all
    select
        tenant_id, order_id, null as order_item_id, null as product_id, false as has_unit_cost,
        event_type, 'orders' as source_table, order_id as source_id, amount, 0 as quantity
    from events_of_orders
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(event_type as text) as event_type,

    -- measures
    cast(amount as numeric(18, 2)) as amount,
    cast(quantity as integer) as quantity,

    -- flags
    cast(has_unit_cost as boolean) as has_unit_cost
from order_events
