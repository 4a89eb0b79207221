{#-
    What the money of a refund that names no line may be for, in the order in which it is taken up
    (definitions.md, Returns): removed lines, what was paid too much, merchandise, gift cards; what
    exceeds all of that counts on merchandise all the same, on gift cards where there is nothing
    else, else on no line.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

orders_refunded as (
    select distinct tenant_id, order_id
    from {{ ref('int_sales__refunds_joined_to_orders') }}
    where is_order_counted and is_given_back and named_order_item_id is null and amount_original > 0
),

order_lines as (
    select lines.*
    from {{ ref('int_sales__order_lines_discounted') }} as lines
    inner join orders_refunded
        on orders_refunded.tenant_id = lines.tenant_id
        and orders_refunded.order_id = lines.order_id
),

lines_removed as (
    select * from {{ ref('int_sales__order_lines_removed') }}
),

payments_per_order as (
    select tenant_id, order_id, sum(amount) as paid_amount_original
    from {{ ref('stg_orders__order_payments') }}
    where status = 'succeeded' and paid_at is not null
    group by tenant_id, order_id
),

charges_per_order as (
    select tenant_id, order_id, sum(charged_amount_original) as charged_amount_original
    from (
        select tenant_id, order_id, demand_amount_original as charged_amount_original
        from order_lines
        union all
        select tenant_id, order_id, demand_amount_original from lines_removed
        union all
        select tenant_id, order_id, tax_amount_original + shipping_amount_original
        from orders_counted
    ) as charges
    group by tenant_id, order_id
),

lines_per_order as (
    select
        orders_refunded.tenant_id,
        orders_refunded.order_id,
        count(order_lines.order_item_id) as line_count,
        count(case when not order_lines.is_gift_card then 1 end) as merchandise_line_count
    from orders_refunded
    left join order_lines
        on order_lines.tenant_id = orders_refunded.tenant_id
        and order_lines.order_id = orders_refunded.order_id
    group by orders_refunded.tenant_id, orders_refunded.order_id
),

slots as (
    select
        lines_removed.tenant_id, lines_removed.order_id, 1 as stage, lines_removed.order_item_id,
        lines_removed.demand_amount_original as room_amount_original
    from lines_removed
    inner join orders_refunded
        on orders_refunded.tenant_id = lines_removed.tenant_id
        and orders_refunded.order_id = lines_removed.order_id
    union all
    select
        charges_per_order.tenant_id, charges_per_order.order_id, 2 as stage,
        cast(null as bigint) as order_item_id,
        coalesce(payments_per_order.paid_amount_original, 0)
        - charges_per_order.charged_amount_original as room_amount_original
    from charges_per_order
    inner join orders_refunded
        on orders_refunded.tenant_id = charges_per_order.tenant_id
        and orders_refunded.order_id = charges_per_order.order_id
    left join payments_per_order
        on payments_per_order.tenant_id = charges_per_order.tenant_id
        and payments_per_order.order_id = charges_per_order.order_id
    where coalesce(payments_per_order.paid_amount_original, 0)
        > charges_per_order.charged_amount_original
    union all
    select
        tenant_id, order_id, case when is_gift_card then 4 else 3 end as stage, order_item_id,
        demand_amount_original as room_amount_original
    from order_lines
    union all
    select
        lines_per_order.tenant_id, lines_per_order.order_id, 5 as stage, order_lines.order_item_id,
        coalesce(order_lines.demand_amount_original, 0) as room_amount_original
    from lines_per_order
    left join order_lines
        on order_lines.tenant_id = lines_per_order.tenant_id
        and order_lines.order_id = lines_per_order.order_id
    where lines_per_order.line_count = 0
        or lines_per_order.merchandise_line_count = 0
        or not order_lines.is_gift_card
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(stage as integer) as stage,
    cast(order_item_id as bigint) as order_item_id,
    cast(coalesce(order_item_id, 0) as bigint) as slot_id,

    -- measures
    cast(
        case
            when room_amount_original > 0 then {{ to_scaled('room_amount_original', 2) }}
            else 0
        end
        as bigint
    ) as room_cents
from slots
