{#-
    How refunds that name no line fill the slots of their order, one refund after the other: what a
    refund gives back depends on what those before it have left (definitions.md, Returns). Within a
    stage by largest remainder, in proportion to what is left; what exceeds all of it by the whole
    of a line.
-#}
with recursive

refunds as (
    select * from {{ ref('int_sales__refunds_joined_to_orders') }}
    where is_order_counted and is_given_back and amount_original > 0
),

slots as (
    select * from {{ ref('int_sales__refund_slots_listed') }}
),

refunds_numbered as (
    select
        tenant_id,
        order_id,
        refund_id,
        refunded_at,
        decimal_places_original,
        {{ to_scaled('amount_original', 2) }} as refund_cents,
        row_number() over (
            partition by tenant_id, order_id
            order by refunded_at, refund_id
        ) as refund_number
    from refunds
    where named_order_item_id is null
),

named_before as (
    select
        refunds_numbered.tenant_id,
        refunds_numbered.refund_id,
        refunds.named_order_item_id as order_item_id,
        sum({{ to_scaled('refunds.amount_original', 2) }}) as named_cents
    from refunds_numbered
    inner join refunds
        on refunds.tenant_id = refunds_numbered.tenant_id
        and refunds.order_id = refunds_numbered.order_id
    where refunds.named_order_item_id is not null
        and (
            refunds.refunded_at < refunds_numbered.refunded_at
            or refunds.refunded_at = refunds_numbered.refunded_at
            and refunds.refund_id < refunds_numbered.refund_id
        )
    group by
        refunds_numbered.tenant_id, refunds_numbered.refund_id, refunds.named_order_item_id
),

slots_per_refund as (
    select
        slots.tenant_id,
        slots.order_id,
        slots.stage,
        slots.slot_id,
        slots.room_cents,
        refunds_numbered.refund_id,
        refunds_numbered.refund_number,
        refunds_numbered.refund_cents,
        refunds_numbered.decimal_places_original,
        slots.room_cents - coalesce(named_before.named_cents, 0) as open_cents
    from slots
    inner join refunds_numbered
        on refunds_numbered.tenant_id = slots.tenant_id
        and refunds_numbered.order_id = slots.order_id
    left join named_before
        on named_before.tenant_id = slots.tenant_id
        and named_before.refund_id = refunds_numbered.refund_id
        and named_before.order_item_id = slots.order_item_id
),

{#- what is left of each slot, and what of the refund its stage has to take -#}
{%- set slots_weighed -%}
    (
        select
            slots_left.*,
            case when stage = 5 then room_cents else left_cents end as slot_weight,
            case
                when refund_cents <= left_so_far_cents - left_in_stage_cents then 0
                when stage = 5 or refund_cents < left_so_far_cents
                    then refund_cents - (left_so_far_cents - left_in_stage_cents)
                else left_in_stage_cents
            end as stage_cents
        from (
            select
                slots_open.*,
                sum(left_cents) over (
                    partition by tenant_id, order_id, stage
                ) as left_in_stage_cents,
                sum(left_cents) over (
                    partition by tenant_id, order_id
                    order by stage
                ) as left_so_far_cents
            from (
                select
                    slots_per_refund.*,
                    slots_filled.filled_cents,
                    cast(
                        case
                            when slots_per_refund.stage = 5 then 0
                            when slots_per_refund.open_cents > slots_filled.filled_cents
                                then slots_per_refund.open_cents - slots_filled.filled_cents
                            else 0
                        end as {{ type_wide_integer() }}
                    ) as left_cents
                from slots_filled
                inner join slots_per_refund
                    on slots_per_refund.tenant_id = slots_filled.tenant_id
                    and slots_per_refund.order_id = slots_filled.order_id
                    and slots_per_refund.stage = slots_filled.stage
                    and slots_per_refund.slot_id = slots_filled.slot_id
                    and slots_per_refund.refund_number = slots_filled.refund_number + 1
            ) as slots_open
        ) as slots_left
    ) as slots_weighed
{%- endset %}


slots_filled as (
    select
        tenant_id,
        order_id,
        stage,
        slot_id,
        cast(0 as bigint) as refund_id,
        cast(0 as bigint) as refund_number,
        cast(0 as {{ type_wide_integer() }}) as part_cents,
        cast(0 as {{ type_wide_integer() }}) as filled_cents
    from slots
    union all
    select
        tenant_id,
        order_id,
        stage,
        slot_id,
        refund_id,
        refund_number,
        cast(part_cents as {{ type_wide_integer() }}) as part_cents,
        cast(filled_cents + part_cents as {{ type_wide_integer() }}) as filled_cents
    from (
        {{ split_by_largest_remainder(
            relation='slots_weighed',
            source=slots_weighed,
            amount='stage_cents',
            weight='slot_weight',
            group_by=['tenant_id', 'order_id', 'stage'],
            tie_break='slot_id',
            result='part_cents',
            decimal_places='decimal_places_original',
        ) }}
    ) as slots_split  -- noqa: AL05
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(refund_id as bigint) as refund_id,
    cast(order_id as bigint) as order_id,
    cast(stage as integer) as stage,
    cast(nullif(slot_id, 0) as bigint) as order_item_id,

    -- measures, in the order's currency
    cast({{ from_scaled('part_cents', 2) }} as numeric(18, 2)) as amount_original
from slots_filled
where part_cents <> 0
