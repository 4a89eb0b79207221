{#-
    The refunds of orders, counted or not, and the line that each belongs to: the one that it names,
    else the one that its return names. A line of another order is none (definitions.md, Misdirected
    refunds).
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

order_returns as (
    select * from {{ ref('stg_orders__order_returns') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
),

refunds_joined as (
    select
        order_refunds.*,
        orders_placed.decimal_places_original,
        orders_placed.is_counted,
        coalesce(lines_named.order_item_id, lines_returned.order_item_id) as named_order_item_id,
        order_refunds.order_item_id is not null and lines_named.order_item_id is null
        or order_returns.order_item_id is not null and lines_returned.order_item_id is null
            as is_misdirected
    from order_refunds
    inner join orders_placed
        on orders_placed.tenant_id = order_refunds.tenant_id
        and orders_placed.order_id = order_refunds.order_id
    left join order_items as lines_named
        on lines_named.tenant_id = order_refunds.tenant_id
        and lines_named.order_item_id = order_refunds.order_item_id
        and lines_named.order_id = order_refunds.order_id
    left join order_returns
        on order_returns.tenant_id = order_refunds.tenant_id
        and order_returns.return_id = order_refunds.return_id
    left join order_items as lines_returned
        on lines_returned.tenant_id = order_returns.tenant_id
        and lines_returned.order_item_id = order_returns.order_item_id
        and lines_returned.order_id = order_returns.order_id
        and lines_returned.order_id = order_refunds.order_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(refund_id as bigint) as refund_id,
    cast(order_id as bigint) as order_id,
    cast(named_order_item_id as bigint) as named_order_item_id,

    -- attributes
    cast(status as text) as refund_status,
    cast(reason as text) as refund_reason,

    -- measures, in the order's currency
    cast(decimal_places_original as integer) as decimal_places_original,
    cast(amount as numeric(18, 2)) as amount_original,
    cast(tax_amount as numeric(18, 2)) as tax_amount_original,
    cast(shipping_amount as numeric(18, 2)) as shipping_amount_original,

    -- flags
    cast(is_counted as boolean) as is_order_counted,
    cast(status = 'succeeded' and refunded_at is not null as boolean) as is_given_back,
    cast(is_misdirected as boolean) as is_misdirected,

    -- timestamps
    cast(refunded_at as timestamp with time zone) as refunded_at
from refunds_joined
