with

order_payments as (
    select * from {{ ref('stg_orders__order_payments') }}
),

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
)

select
    -- keys
    cast(order_payments.tenant_id as bigint) as tenant_id,
    cast(order_payments.payment_id as bigint) as payment_id,
    cast(order_payments.order_id as bigint) as order_id,

    -- attributes
    cast(orders_placed.order_number as text) as order_number,
    cast(order_payments.method as text) as payment_method,
    cast(order_payments.status as text) as payment_status,

    -- measures
    cast(
        {{ to_tenant_currency(
            'order_payments.amount', 'orders_placed.exchange_rate', 'orders_placed.decimal_places'
        ) }}
        as numeric(18, 2)
    ) as payment_amount,

    -- flags
    cast(orders_placed.is_counted as boolean) as is_order_counted,

    -- dates
    cast(
        {{ local_date('order_payments.paid_at', 'orders_placed.timezone') }} as date
    ) as payment_date,
    cast(orders_placed.order_date as date) as order_date,

    -- timestamps
    cast(order_payments.paid_at as timestamp with time zone) as paid_at
from order_payments
inner join orders_placed
    on orders_placed.tenant_id = order_payments.tenant_id
    and orders_placed.order_id = order_payments.order_id
