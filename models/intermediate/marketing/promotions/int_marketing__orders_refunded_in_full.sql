{#-
    Orders all of whose goods were paid back. Asked in the currency that they were paid in:
    converted line by line and refund by refund, a cent may be left of nothing, or nothing of a cent
    (docs/decisions/0011). Lines that were removed count on both sides, as far as they were
    refunded.
-#}
with

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
    where not is_gift_card
),

refunds as (
    select * from {{ ref('int_sales__refunds_allocated') }}
    where is_given_back and refund_type = 'merchandise'
),

demand_per_order as (
    select tenant_id, order_id, sum(demand_amount_original) as demand_amount
    from order_lines
    group by tenant_id, order_id
),

refunds_per_order as (
    select
        tenant_id,
        order_id,
        sum(amount_original) as refund_amount,
        sum(removed_sale_amount_original) as removed_sale_amount
    from refunds
    group by tenant_id, order_id
)

select
    cast(refunds_per_order.tenant_id as bigint) as tenant_id,
    cast(refunds_per_order.order_id as bigint) as order_id
from refunds_per_order
left join demand_per_order
    on demand_per_order.tenant_id = refunds_per_order.tenant_id
    and demand_per_order.order_id = refunds_per_order.order_id
where refunds_per_order.refund_amount > 0
    and refunds_per_order.refund_amount >= refunds_per_order.removed_sale_amount
    + coalesce(demand_per_order.demand_amount, 0)
