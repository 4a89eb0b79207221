{#-
    Each line of a redemption's order, whether the order counts or not, and whether the promotion
    holds for it. Gift cards are out of scope unless the order has nothing else.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

products_shelved as (
    select * from {{ ref('int_marketing__products_shelved') }}
),

scope_shelves as (
    select * from {{ ref('int_marketing__scope_shelves_matched') }}
),

scope_products as (
    select * from {{ ref('int_marketing__scope_products_matched') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
    where deleted_at is null
),

redemption_lines as (
    select
        redemptions.tenant_id,
        redemptions.redemption_id,
        redemptions.order_id,
        redemptions.is_order_counted,
        order_items.order_item_id,
        order_items.product_id,
        order_items.is_gift_card,
        order_items.quantity * order_items.unit_price as gross_amount_original,
        scope_shelves.excluded_category_id,
        coalesce(scope_products.is_excluded_product, false) as is_excluded_product,
        scope_shelves.excluded_category_id is not null as is_excluded_category,
        coalesce(
            scope_products.is_targeted,
            scope_shelves.is_targeted,
            not promotion_scopes.has_products and not promotion_scopes.has_categories
        ) as is_targeted,
        not order_items.is_gift_card
        or count(case when not order_items.is_gift_card then 1 end) over (
            partition by redemptions.tenant_id, redemptions.redemption_id
        ) = 0 as is_considered
    from redemptions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = redemptions.tenant_id
        and promotion_scopes.promotion_id = redemptions.promotion_id
    inner join order_items
        on order_items.tenant_id = redemptions.tenant_id
        and order_items.order_id = redemptions.order_id
    left join products_shelved
        on products_shelved.tenant_id = order_items.tenant_id
        and products_shelved.product_id = order_items.product_id
    left join scope_shelves
        on scope_shelves.tenant_id = redemptions.tenant_id
        and scope_shelves.scope_id = redemptions.scope_id
        and scope_shelves.shelf_id = products_shelved.shelf_id
    left join scope_products
        on scope_products.tenant_id = redemptions.tenant_id
        and scope_products.scope_id = redemptions.scope_id
        and scope_products.product_id = order_items.product_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(redemption_id as bigint) as redemption_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(order_id as bigint) as order_id,
    cast(product_id as bigint) as product_id,
    cast(excluded_category_id as bigint) as excluded_category_id,

    -- measures
    cast(gross_amount_original as numeric(18, 2)) as gross_amount_original,

    -- flags
    cast(is_order_counted as boolean) as is_order_counted,
    cast(is_gift_card as boolean) as is_gift_card,
    cast(
        is_considered and is_targeted and not is_excluded_product and not is_excluded_category
        as boolean
    ) as is_in_scope,
    cast(is_considered and is_targeted and is_excluded_product as boolean) as is_excluded_product,
    cast(
        is_considered and is_targeted and is_excluded_category and not is_excluded_product
        as boolean
    ) as is_excluded_category
from redemption_lines
