{#-
    What each refund of a counted order gave back for what, in the order's currency. A refund that
    belongs to a line keeps it, a removed line too: the money was paid back. What names none was
    spread over the slots of its order; what was not given back stands as a whole, without a line:
    no money gets lost. Tax and shipping belong to no line: the first row of a refund carries them.
-#}
with

refunds_joined as (
    select * from {{ ref('int_sales__refunds_joined_to_orders') }}
    where is_order_counted
),

slots_filled as (
    select * from {{ ref('int_sales__refund_slots_filled') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

lines_removed as (
    select * from {{ ref('int_sales__order_lines_removed') }}
),

{#- of a line: what came by its stage, and what exceeded all there was -#}
parts as (
    select
        tenant_id,
        refund_id,
        order_item_id,
        stage = 2 as is_overpayment,
        sum(amount_original) as amount_original,
        sum(case when stage = 5 then amount_original else 0 end) as excess_amount_original
    from slots_filled
    group by tenant_id, refund_id, order_item_id, stage = 2
),

refunds_with_parts as (
    select
        refunds_joined.*,
        coalesce(refunds_joined.named_order_item_id, parts.order_item_id) as order_item_id,
        coalesce(parts.is_overpayment, false) as is_overpayment,
        coalesce(parts.amount_original, refunds_joined.amount_original) as part_amount_original,
        coalesce(parts.excess_amount_original, 0) as excess_amount_original
    from refunds_joined
    left join parts
        on parts.tenant_id = refunds_joined.tenant_id
        and parts.refund_id = refunds_joined.refund_id
),

refunds_of_lines as (
    select
        refunds_with_parts.*,
        order_items.product_id,
        coalesce(order_items.is_gift_card, false) as is_gift_card,
        order_items.unit_cost is not null as has_unit_cost,
        coalesce(lines_removed.demand_amount_original, 0) as removed_amount_original,
        case
            when lines_removed.order_item_id is not null and refunds_with_parts.is_given_back
                then refunds_with_parts.part_amount_original
            else 0
        end as removed_part_amount_original
    from refunds_with_parts
    left join order_items
        on order_items.tenant_id = refunds_with_parts.tenant_id
        and order_items.order_item_id = refunds_with_parts.order_item_id
    left join lines_removed
        on lines_removed.tenant_id = refunds_with_parts.tenant_id
        and lines_removed.order_item_id = refunds_with_parts.order_item_id
),

refunds_run_up as (
    select
        refunds_of_lines.*,
        sum(removed_part_amount_original) over (
            partition by tenant_id, order_item_id
            order by is_given_back desc, refunded_at, refund_id
            rows between unbounded preceding and current row
        ) as removed_so_far_amount_original,
        row_number() over (
            partition by tenant_id, refund_id
            order by is_overpayment, order_item_id nulls first
        ) as row_of_refund
    from refunds_of_lines
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(refund_id as bigint) as refund_id,
    cast(order_id as bigint) as order_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,

    -- attributes
    cast(refund_status as text) as refund_status,
    cast(refund_reason as text) as refund_reason,
    cast(
        case
            when is_overpayment then 'overpayment'
            when is_gift_card then 'gift_card'
            else 'merchandise'
        end as text
    ) as refund_type,

    -- measures, in the order's currency
    cast(part_amount_original as numeric(18, 2)) as amount_original,
    cast(excess_amount_original as numeric(18, 2)) as excess_amount_original,
    cast(
        case
            when removed_so_far_amount_original - removed_part_amount_original
                >= removed_amount_original then 0
            when removed_so_far_amount_original <= removed_amount_original
                then removed_part_amount_original
            else removed_amount_original
                - (removed_so_far_amount_original - removed_part_amount_original)
        end as numeric(18, 2)
    ) as removed_sale_amount_original,
    cast(
        case when row_of_refund = 1 then tax_amount_original else 0 end as numeric(18, 2)
    ) as tax_amount_original,
    cast(
        case when row_of_refund = 1 then shipping_amount_original else 0 end as numeric(18, 2)
    ) as shipping_amount_original,

    -- flags
    cast(is_gift_card as boolean) as is_gift_card,
    cast(has_unit_cost as boolean) as has_unit_cost,
    cast(is_given_back as boolean) as is_given_back,

    -- timestamps
    cast(refunded_at as timestamp with time zone) as refunded_at
from refunds_run_up
