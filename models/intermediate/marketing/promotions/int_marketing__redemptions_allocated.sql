{#-
    Each redemption's discount, converted once, over the lines in its scope in proportion to
    quantity × unit_price. Where no line takes it, it stands without one: no money gets lost.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
),

lines_in_scope as (
    select * from {{ ref('int_marketing__redemption_lines_matched') }}
    where is_order_counted and is_in_scope
),

redemption_lines as (
    select
        redemptions.tenant_id,
        redemptions.redemption_id,
        redemptions.order_id,
        redemptions.decimal_places,
        lines_in_scope.order_item_id,
        lines_in_scope.product_id,
        {{ to_scaled('redemptions.discount_amount', 2) }} as discount_cents,
        {{ to_scaled('coalesce(lines_in_scope.gross_amount_original, 0)', 2) }} as weight_cents
    from redemptions
    left join lines_in_scope
        on lines_in_scope.tenant_id = redemptions.tenant_id
        and lines_in_scope.redemption_id = redemptions.redemption_id
),

discounts_split as (
    {{ split_by_largest_remainder(
        relation='redemption_lines',
        amount='discount_cents',
        weight='weight_cents',
        group_by=['tenant_id', 'redemption_id'],
        tie_break='order_item_id',
        result='discount_share_cents',
        decimal_places='decimal_places',
    ) }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(redemption_id as bigint) as redemption_id,
    cast(order_id as bigint) as order_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,

    -- measures
    cast({{ from_scaled('discount_share_cents', 2) }} as numeric(18, 2)) as discount_amount
from discounts_split
