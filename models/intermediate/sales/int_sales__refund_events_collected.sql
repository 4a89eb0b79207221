{#-
    What was given back of counted orders and what came back of their units, each with the opposite
    sign of what it takes back. A removed line was sold, on the day of the order, for as much as was
    given back for it: it has no units and no cost.
-#}
with

refunds as (
    select * from {{ ref('fct_refunds') }}
    where is_given_back
),

returns_received as (
    select * from {{ ref('stg_orders__order_returns') }}
    where status = 'received' and received_at is not null
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
    where not is_gift_card
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

events_of_refunds as (
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        case refund_type
            when 'overpayment' then 'overpayment_refund'
            when 'gift_card' then 'gift_card_refund'
            else 'return'
        end as event_type,
        refund_id, -refund_amount as amount, refunded_at as occurred_at
    from refunds
    where refund_amount <> 0
    union all
    select
        tenant_id, order_id, null, null, false,
        'tax_refund', refund_id, -tax_amount, refunded_at
    from refunds
    where tax_amount <> 0
    union all
    select
        tenant_id, order_id, null, null, false,
        'shipping_refund', refund_id, -shipping_amount, refunded_at
    from refunds
    where shipping_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost,
        case when is_gift_card then 'gift_card' else 'sale' end,
        refund_id, removed_sale_amount, null
    from refunds
    where removed_sale_amount <> 0
),

events_of_returns as (
    select
        order_lines.tenant_id, order_lines.order_id,
        order_lines.order_item_id, order_lines.product_id, order_lines.has_unit_cost,
        returns_received.return_id,
        {{ to_tenant_currency(
            'returns_received.quantity * order_lines.unit_cost_original',
            'order_lines.exchange_rate',
            'order_lines.decimal_places',
        ) }} as amount,
        -returns_received.quantity as quantity, returns_received.received_at
    from returns_received
    inner join order_lines
        on order_lines.tenant_id = returns_received.tenant_id
        and order_lines.order_item_id = returns_received.order_item_id
        and order_lines.order_id = returns_received.order_id
    inner join orders_counted
        on orders_counted.tenant_id = order_lines.tenant_id
        and orders_counted.order_id = order_lines.order_id
),

refund_events as (
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost, event_type,
        'order_refunds' as source_table, refund_id as source_id, amount, 0 as quantity, occurred_at
    from events_of_refunds
    union all
    select
        tenant_id, order_id, order_item_id, product_id, has_unit_cost, 'cost_return',
        'order_returns', return_id, amount, quantity, received_at
    from events_of_returns
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
    cast(has_unit_cost as boolean) as has_unit_cost,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from refund_events
