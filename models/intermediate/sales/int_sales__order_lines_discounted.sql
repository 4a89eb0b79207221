{#-
    The lines of orders with their share of the order's discount, in the order's currency. The
    discount goes by (quantity × unit_price − the line's discount); gift cards take none of it
    unless the order has nothing else (definitions.md, Discounts).
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
    where deleted_at is null
),

order_lines as (
    select
        order_items.tenant_id,
        order_items.order_id,
        order_items.order_item_id,
        order_items.product_id,
        order_items.variant_id,
        order_items.is_gift_card,
        order_items.is_free_item,
        order_items.quantity,
        coalesce(order_items.unit_cost, 0) as unit_cost,
        order_items.unit_cost is not null as has_unit_cost,
        order_items.discount_amount as line_discount_amount_original,
        order_items.quantity * order_items.unit_price as gross_amount_original,
        orders_placed.exchange_rate,
        orders_placed.decimal_places,
        orders_placed.decimal_places_original,
        {{ to_scaled('orders_placed.discount_amount_original', 2) }} as order_discount_cents,
        count(case when not order_items.is_gift_card then 1 end) over (
            partition by order_items.tenant_id, order_items.order_id
        ) as merchandise_line_count
    from order_items
    inner join orders_placed
        on orders_placed.tenant_id = order_items.tenant_id
        and orders_placed.order_id = order_items.order_id
),

order_lines_sharing as (
    select
        order_lines.*,
        not is_gift_card or merchandise_line_count = 0 as is_sharing,
        case
            when gross_amount_original > line_discount_amount_original
                then {{ to_scaled('gross_amount_original - line_discount_amount_original', 2) }}
            else 0
        end as weight_cents
    from order_lines
),

{#- whoever shares is split among, whoever does not is a group of his own, with nothing to split -#}
order_discounts_split as (
    {{ split_by_largest_remainder(
        relation='order_lines_sharing',
        amount='order_discount_cents',
        weight='weight_cents',
        group_by=['tenant_id', 'order_id', 'is_sharing'],
        tie_break='order_item_id',
        result='order_discount_share_cents',
        decimal_places='decimal_places_original',
    ) }}
),

order_lines_discounted as (
    select
        order_discounts_split.*,
        case
            when is_sharing then {{ from_scaled('order_discount_share_cents', 2) }}
            else 0
        end as order_discount_share_amount_original
    from order_discounts_split
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,
    cast(variant_id as bigint) as variant_id,

    -- measures, in the order's currency
    cast(exchange_rate as numeric(18, 8)) as exchange_rate,
    cast(decimal_places as integer) as decimal_places,
    cast(quantity as integer) as quantity,
    cast(unit_cost as numeric(18, 2)) as unit_cost_original,
    cast(gross_amount_original as numeric(18, 2)) as gross_amount_original,
    cast(line_discount_amount_original as numeric(18, 2)) as line_discount_amount_original,
    cast(
        order_discount_share_amount_original as numeric(18, 2)
    ) as order_discount_share_amount_original,
    cast(
        gross_amount_original
        - line_discount_amount_original
        - order_discount_share_amount_original as numeric(18, 2)
    ) as demand_amount_original,

    -- flags
    cast(is_gift_card as boolean) as is_gift_card,
    cast(is_free_item as boolean) as is_free_item,
    cast(has_unit_cost as boolean) as has_unit_cost
from order_lines_discounted
