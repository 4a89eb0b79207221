-- Fails when the parts of an order's discount or of a refund do not add up to it, to the cent.
{{ config(meta={'incremental': {'key': 'order_id'}}) }}

with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
),

refunds_allocated as (
    select * from {{ ref('int_sales__refunds_allocated') }}
),

discounts as (
    select
        order_lines.tenant_id,
        'discount of an order' as whole,
        order_lines.order_id as whole_id,
        max(orders_counted.discount_amount_original) as whole_amount,
        sum(order_lines.order_discount_share_amount_original) as parts_amount
    from order_lines
    inner join orders_counted
        on orders_counted.tenant_id = order_lines.tenant_id
        and orders_counted.order_id = order_lines.order_id
    group by order_lines.tenant_id, order_lines.order_id
),

refunds as (
    select
        order_refunds.tenant_id,
        'refund' as whole,
        order_refunds.refund_id as whole_id,
        max(order_refunds.amount) as whole_amount,
        coalesce(sum(refunds_allocated.amount_original), 0) as parts_amount
    from order_refunds
    inner join orders_counted
        on orders_counted.tenant_id = order_refunds.tenant_id
        and orders_counted.order_id = order_refunds.order_id
    left join refunds_allocated
        on refunds_allocated.tenant_id = order_refunds.tenant_id
        and refunds_allocated.refund_id = order_refunds.refund_id
    group by order_refunds.tenant_id, order_refunds.refund_id
)

select * from discounts
where whole_amount <> parts_amount
union all
select * from refunds
where whole_amount <> parts_amount
