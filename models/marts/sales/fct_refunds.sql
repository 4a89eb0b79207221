with

refunds_allocated as (
    select * from {{ ref('int_sales__refunds_allocated') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
)

select
    -- keys
    cast(refunds_allocated.tenant_id as bigint) as tenant_id,
    cast(refunds_allocated.refund_id as bigint) as refund_id,
    cast(refunds_allocated.order_item_id as bigint) as order_item_id,
    cast(refunds_allocated.order_id as bigint) as order_id,
    cast(refunds_allocated.product_id as bigint) as product_id,

    -- attributes
    cast(orders_counted.order_number as text) as order_number,
    cast(refunds_allocated.refund_status as text) as refund_status,
    cast(refunds_allocated.refund_reason as text) as refund_reason,
    cast(refunds_allocated.refund_type as text) as refund_type,

    -- measures
    cast(
        {{ to_tenant_currency(
            'refunds_allocated.amount_original',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as numeric(18, 2)
    ) as refund_amount,
    cast(
        {{ to_tenant_currency(
            'refunds_allocated.removed_sale_amount_original',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as numeric(18, 2)
    ) as removed_sale_amount,
    cast(
        {{ to_tenant_currency(
            'refunds_allocated.tax_amount_original',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as numeric(18, 2)
    ) as tax_amount,
    cast(
        {{ to_tenant_currency(
            'refunds_allocated.shipping_amount_original',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as numeric(18, 2)
    ) as shipping_amount,

    -- flags
    cast(refunds_allocated.is_gift_card as boolean) as is_gift_card,
    cast(refunds_allocated.is_given_back as boolean) as is_given_back,
    cast(refunds_allocated.has_unit_cost as boolean) as has_unit_cost,

    -- dates
    cast(
        {{ local_date('refunds_allocated.refunded_at', 'orders_counted.timezone') }} as date
    ) as refund_date,
    cast(orders_counted.order_date as date) as order_date,

    -- timestamps
    cast(refunds_allocated.refunded_at as timestamp with time zone) as refunded_at
from refunds_allocated
inner join orders_counted
    on orders_counted.tenant_id = refunds_allocated.tenant_id
    and orders_counted.order_id = refunds_allocated.order_id
