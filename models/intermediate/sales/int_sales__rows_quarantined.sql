{#-
    What of orders, payments, refunds and returns cannot be counted as it stands;
    fct_quarantined_rows says why and what to do.
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

refunds_joined as (
    select * from {{ ref('int_sales__refunds_joined_to_orders') }}
),

refunds_allocated as (
    select * from {{ ref('int_sales__refunds_allocated') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

order_payments as (
    select * from {{ ref('stg_orders__order_payments') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
),

order_returns as (
    select * from {{ ref('stg_orders__order_returns') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

undated_payments as (
    select
        tenant_id, 'order_payments' as source_table, payment_id as source_id,
        'payment_without_moment' as cause, created_at as occurred_at
    from order_payments
    where status = 'succeeded' and paid_at is null
),

undated_refunds as (
    select
        tenant_id, 'order_refunds' as source_table, refund_id as source_id,
        'refund_without_moment' as cause, created_at as occurred_at
    from order_refunds
    where status = 'succeeded' and refunded_at is null
),

uncosted_lines as (
    select
        order_lines.tenant_id, 'order_items' as source_table,
        order_lines.order_item_id as source_id,
        'line_without_cost' as cause, orders_counted.ordered_at as occurred_at
    from order_lines
    inner join order_items
        on order_items.tenant_id = order_lines.tenant_id
        and order_items.order_item_id = order_lines.order_item_id
    inner join orders_counted
        on orders_counted.tenant_id = order_lines.tenant_id
        and orders_counted.order_id = order_lines.order_id
    where order_items.unit_cost is null and not order_lines.is_gift_card
),

uncosted_returns as (
    select
        tenant_id, 'order_returns' as source_table, return_id as source_id,
        'return_without_line_or_moment' as cause,
        coalesce(received_at, requested_at) as occurred_at
    from order_returns
    where status = 'received' and (order_item_id is null or received_at is null)
),

units_received_per_line as (
    select
        tenant_id, order_id, order_item_id, sum(quantity) as quantity, max(return_id) as return_id,
        max(received_at) as received_at
    from order_returns
    where status = 'received'
    group by tenant_id, order_id, order_item_id
),

excess_returns as (
    select
        order_lines.tenant_id, 'order_returns' as source_table,
        units_received_per_line.return_id as source_id,
        'more_returned_than_sold' as cause, units_received_per_line.received_at as occurred_at
    from units_received_per_line
    inner join order_lines
        on order_lines.tenant_id = units_received_per_line.tenant_id
        and order_lines.order_item_id = units_received_per_line.order_item_id
        and order_lines.order_id = units_received_per_line.order_id
    where units_received_per_line.quantity > order_lines.quantity
),

discounts_without_lines as (
    select
        orders_counted.tenant_id, 'orders' as source_table, orders_counted.order_id as source_id,
        'discount_without_lines' as cause, orders_counted.ordered_at as occurred_at
    from orders_counted
    left join (
        select distinct tenant_id, order_id from order_lines
    ) as orders_with_lines
        on orders_with_lines.tenant_id = orders_counted.tenant_id
        and orders_with_lines.order_id = orders_counted.order_id
    where orders_counted.discount_amount_original <> 0 and orders_with_lines.order_id is null
),

doubtful_rates as (
    select
        orders_counted.tenant_id, 'orders' as source_table, orders_counted.order_id as source_id,
        case
            when orders_counted.currency_code = tenants.currency_code
                then 'rate_not_one_in_own_currency'
            else 'rate_one_in_foreign_currency'
        end as cause,
        orders_counted.ordered_at as occurred_at
    from orders_counted
    inner join tenants
        on tenants.tenant_id = orders_counted.tenant_id
    where (orders_counted.currency_code = tenants.currency_code)
        <> (orders_counted.exchange_rate = 1)
),

misdirected_refunds as (
    select
        tenant_id, 'order_refunds' as source_table, refund_id as source_id,
        'refund_of_another_order' as cause, refunded_at as occurred_at
    from refunds_joined
    where is_order_counted and is_misdirected
),

misdirected_returns as (
    select
        order_returns.tenant_id, 'order_returns' as source_table,
        order_returns.return_id as source_id,
        'return_of_another_order' as cause,
        coalesce(order_returns.received_at, order_returns.requested_at) as occurred_at
    from order_returns
    inner join order_items
        on order_items.tenant_id = order_returns.tenant_id
        and order_items.order_item_id = order_returns.order_item_id
    where order_items.order_id <> order_returns.order_id
),

excess_refunds as (
    select
        tenant_id, 'order_refunds' as source_table, refund_id as source_id,
        'refund_above_order' as cause, max(refunded_at) as occurred_at
    from refunds_allocated
    where excess_amount_original > 0
    group by tenant_id, refund_id
),

payments_numbered as (
    select
        tenant_id,
        payment_id,
        paid_at,
        row_number() over (
            partition by tenant_id, trim(reference)
            order by paid_at, payment_id
        ) as payment_number
    from order_payments
    where status = 'succeeded' and trim(reference) <> ''
),

payments_told_twice as (
    select
        tenant_id, 'order_payments' as source_table, payment_id as source_id,
        'payment_told_twice' as cause, paid_at as occurred_at
    from payments_numbered
    where payment_number > 1
),

undated_cancellations as (
    select
        tenant_id, 'orders' as source_table, order_id as source_id,
        'cancelled_without_moment' as cause, ordered_at as occurred_at
    from orders_placed
    where order_status = 'cancelled' and cancelled_at is null
),

currencies_of_three_places as (
    select
        tenant_id, 'sys_tenants' as source_table, tenant_id as source_id,
        'currency_of_three_places' as cause, cast(null as timestamp with time zone) as occurred_at
    from tenants
    where currency_code in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND')
),

rows_quarantined as (
    select * from undated_payments
    union all
    select * from undated_refunds
    union all
    select * from uncosted_lines
    union all
    select * from uncosted_returns
    union all
    select * from excess_returns
    union all
    select * from discounts_without_lines
    union all
    select * from doubtful_rates
    union all
    select * from misdirected_refunds
    union all
    select * from misdirected_returns
    union all
    select * from excess_refunds
    union all
    select * from payments_told_twice
    union all
    select * from undated_cancellations
    union all
    select * from currencies_of_three_places
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
