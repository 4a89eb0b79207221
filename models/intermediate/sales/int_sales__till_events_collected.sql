{#-
    What went into the till and out of it, whatever became of the order: payments, refunds as a
    whole, converted once each; and of cancelled orders what was ordered and what was kept, on the
    day they were cancelled.
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

orders_cancelled as (
    select * from orders_placed
    where order_status = 'cancelled' and cancelled_at is not null
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
    where not is_gift_card
),

payments as (
    select * from {{ ref('fct_payments') }}
    where payment_status = 'succeeded' and paid_at is not null
),

refunds as (
    select * from {{ ref('int_sales__refunds_joined_to_orders') }}
    where is_given_back
),

events_of_payments as (
    select
        tenant_id, order_id, 'payment' as event_type, 'order_payments' as source_table,
        payment_id as source_id, payment_method, payment_amount as amount, paid_at as occurred_at
    from payments
),

events_of_refunds as (
    select
        refunds.tenant_id, refunds.order_id,
        'refund_payment' as event_type, 'order_refunds' as source_table,
        refunds.refund_id as source_id,
        cast(null as text) as payment_method,
        -{{ to_tenant_currency(
            'refunds.amount_original + refunds.tax_amount_original'
            ~ ' + refunds.shipping_amount_original',
            'orders_placed.exchange_rate',
            'orders_placed.decimal_places',
        ) }} as amount,
        refunds.refunded_at as occurred_at
    from refunds
    inner join orders_placed
        on orders_placed.tenant_id = refunds.tenant_id
        and orders_placed.order_id = refunds.order_id
),

{#- an order without merchandise was cancelled all the same: its row carries no amount -#}
events_of_cancelled_lines as (
    select
        orders_cancelled.tenant_id, orders_cancelled.order_id,
        order_lines.order_item_id, order_lines.product_id,
        'cancellation' as event_type,
        case when order_lines.order_item_id is null then 'orders' else 'order_items' end
            as source_table,
        coalesce(order_lines.order_item_id, orders_cancelled.order_id) as source_id,
        cast(null as text) as payment_method,
        coalesce(order_lines.has_unit_cost, false) as has_unit_cost,
        case
            when order_lines.order_item_id is null then 0
            else
                {{ to_tenant_currency(
                    'order_lines.gross_amount_original',
                    'orders_cancelled.exchange_rate',
                    'orders_cancelled.decimal_places',
                ) }}
                - {{ to_tenant_currency(
                    'order_lines.line_discount_amount_original',
                    'orders_cancelled.exchange_rate',
                    'orders_cancelled.decimal_places',
                ) }}
                - {{ to_tenant_currency(
                    'order_lines.order_discount_share_amount_original',
                    'orders_cancelled.exchange_rate',
                    'orders_cancelled.decimal_places',
                ) }}
        end as amount,
        orders_cancelled.cancelled_at as occurred_at
    from orders_cancelled
    left join order_lines
        on order_lines.tenant_id = orders_cancelled.tenant_id
        and order_lines.order_id = orders_cancelled.order_id
),

deposits_kept as (
    select
        orders_cancelled.tenant_id, orders_cancelled.order_id,
        'deposit_kept' as event_type, 'orders' as source_table,
        orders_cancelled.order_id as source_id,
        cast(null as text) as payment_method,
        sum(moved.amount) as amount,
        orders_cancelled.cancelled_at as occurred_at
    from orders_cancelled
    inner join (
        select tenant_id, order_id, amount from events_of_payments
        union all
        select tenant_id, order_id, amount from events_of_refunds
    ) as moved
        on moved.tenant_id = orders_cancelled.tenant_id
        and moved.order_id = orders_cancelled.order_id
    group by
        orders_cancelled.tenant_id, orders_cancelled.order_id, orders_cancelled.cancelled_at
    having sum(moved.amount) <> 0
),

events_of_orders as (
    select * from events_of_payments
    union all
    select * from events_of_refunds
    where amount <> 0
    union all
    select * from deposits_kept
),

till_events as (
    select
        tenant_id, order_id, cast(null as bigint) as order_item_id,
        cast(null as bigint) as product_id, event_type, source_table, source_id, payment_method,
        false as has_unit_cost, amount, occurred_at
    from events_of_orders
    union all
    select
        tenant_id, order_id, order_item_id, product_id, event_type, source_table, source_id,
        payment_method, has_unit_cost, amount, occurred_at
    from events_of_cancelled_lines
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
    cast(payment_method as text) as payment_method,

    -- measures
    cast(amount as numeric(18, 2)) as amount,

    -- flags
    cast(has_unit_cost as boolean) as has_unit_cost,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from till_events
