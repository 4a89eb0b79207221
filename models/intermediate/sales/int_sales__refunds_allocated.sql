{#-
    What each refund of a counted order gave back for which line, in the order's currency. A refund that
    names its line keeps it, a deleted line too: the money was paid back. One that names none is split
    over the order's lines by their demand sales; gift cards take part only where there is nothing else.
    Where an order has no line left, the whole refund stands without one: no money gets lost.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
),

order_lines_sharing as (
    select
        order_lines.*,
        count(case when not is_gift_card then 1 end) over (
            partition by tenant_id, order_id
        ) as merchandise_line_count
    from order_lines
),

refunds_of_counted_orders as (
    select
        order_refunds.*,
        orders_counted.decimal_places_original,
        {{ to_cents('order_refunds.amount') }} as amount_cents
    from order_refunds
    inner join orders_counted
        on orders_counted.tenant_id = order_refunds.tenant_id
        and orders_counted.order_id = order_refunds.order_id
),

refund_lines as (
    select
        refunds.*,
        coalesce(refunds.order_item_id, order_lines_sharing.order_item_id) as line_order_item_id,
        case
            when order_lines_sharing.demand_amount_original > 0
                then {{ to_cents('order_lines_sharing.demand_amount_original') }}
            else 0
        end as weight_cents
    from refunds_of_counted_orders as refunds
    left join order_lines_sharing
        on order_lines_sharing.tenant_id = refunds.tenant_id
        and order_lines_sharing.order_id = refunds.order_id
        and refunds.order_item_id is null
        and (
            not order_lines_sharing.is_gift_card
            or order_lines_sharing.merchandise_line_count = 0
        )
),

refunds_split as (
    {{ split_by_largest_remainder(
        relation='refund_lines',
        amount='amount_cents',
        weight='weight_cents',
        group_by=['tenant_id', 'refund_id'],
        tie_break='line_order_item_id',
        result='amount_share_cents',
        decimal_places='decimal_places_original',
    ) }}
)

select
    -- keys
    cast(refunds_split.tenant_id as bigint) as tenant_id,
    cast(refunds_split.refund_id as bigint) as refund_id,
    cast(refunds_split.order_id as bigint) as order_id,
    cast(refunds_split.line_order_item_id as bigint) as order_item_id,
    cast(order_items.product_id as bigint) as product_id,

    -- attributes
    cast(refunds_split.status as text) as refund_status,
    cast(refunds_split.reason as text) as refund_reason,

    -- measures, in the order's currency
    cast({{ from_cents('amount_share_cents') }} as numeric(18, 2)) as amount_original,

    -- flags
    cast(coalesce(order_items.is_gift_card, false) as boolean) as is_gift_card,

    -- timestamps
    cast(refunds_split.refunded_at as timestamp with time zone) as refunded_at
from refunds_split
left join order_items
    on order_items.tenant_id = refunds_split.tenant_id
    and order_items.order_item_id = refunds_split.line_order_item_id
