{#-
    What each accepted redemption is judged by (docs/decisions/0011): its place in the order of
    those before it, what its order came to, the line that breaks its scope, what it was stacked
    with.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
    where is_redemption
),

redemption_lines as (
    select * from {{ ref('int_marketing__redemption_lines_matched') }}
),

promotion_channels as (
    select * from {{ ref('stg_marketing__promotion_channels') }}
),

order_values as (
    select
        tenant_id,
        redemption_id,
        sum(case when not is_gift_card then gross_amount_original else 0 end)
            as order_amount_original,
        max(case when is_in_scope then 1 else 0 end) as is_any_in_scope,
        min(order_item_id) as first_line_id,
        min(case when is_excluded_product then order_item_id end) as first_excluded_product_line_id,
        min(case when is_excluded_category then order_item_id end)
            as first_excluded_category_line_id
    from redemption_lines
    group by tenant_id, redemption_id
),

promotions_per_order as (
    select
        tenant_id,
        order_id,
        min(promotion_id) as lowest_promotion_id,
        max(promotion_id) as highest_promotion_id
    from redemptions
    where order_id is not null
    group by tenant_id, order_id
),

redemptions_numbered as (
    select
        redemptions.*,
        row_number() over (
            partition by tenant_id, promotion_id, is_use
            order by redeemed_at, redemption_id
        ) as use_number,
        row_number() over (
            partition by tenant_id, promotion_id, is_use, person_id
            order by redeemed_at, redemption_id
        ) as use_of_person_number
    from redemptions
),

redemptions_measured as (
    select
        redemptions_numbered.*,
        {{ to_tenant_currency(
            'coalesce(order_values.order_amount_original, 0)',
            'redemptions_numbered.exchange_rate',
            'redemptions_numbered.decimal_places',
        ) }} as order_amount,
        case
            when order_values.is_any_in_scope = 0
                then coalesce(
                    order_values.first_excluded_product_line_id,
                    order_values.first_excluded_category_line_id,
                    order_values.first_line_id
                )
        end as offending_line_id,
        case
            when promotions_per_order.lowest_promotion_id <> redemptions_numbered.promotion_id
                then promotions_per_order.lowest_promotion_id
            when promotions_per_order.highest_promotion_id <> redemptions_numbered.promotion_id
                then promotions_per_order.highest_promotion_id
        end as other_promotion_id,
        promotion_channels.page_id is not null as is_on_its_channel
    from redemptions_numbered
    left join order_values
        on order_values.tenant_id = redemptions_numbered.tenant_id
        and order_values.redemption_id = redemptions_numbered.redemption_id
    left join promotions_per_order
        on promotions_per_order.tenant_id = redemptions_numbered.tenant_id
        and promotions_per_order.order_id = redemptions_numbered.order_id
    left join promotion_channels
        on promotion_channels.tenant_id = redemptions_numbered.tenant_id
        and promotion_channels.promotion_id = redemptions_numbered.promotion_id
        and promotion_channels.page_id = redemptions_numbered.page_id
)

select
    -- keys
    cast(redemptions_measured.tenant_id as bigint) as tenant_id,
    cast(redemptions_measured.redemption_id as bigint) as redemption_id,
    cast(redemptions_measured.promotion_id as bigint) as promotion_id,
    cast(redemptions_measured.other_promotion_id as bigint) as other_promotion_id,
    cast(redemption_lines.product_id as bigint) as offending_product_id,
    cast(redemption_lines.excluded_category_id as bigint) as excluded_category_id,

    -- attributes
    cast(redemptions_measured.order_status as text) as order_status,
    cast(
        case
            when redemption_lines.order_item_id is null then null
            when redemption_lines.is_excluded_product then 'excluded_product'
            when redemption_lines.is_excluded_category then 'excluded_category'
            else 'not_targeted'
        end as text
    ) as scope_fault,

    -- measures
    cast(redemptions_measured.order_amount as numeric(18, 2)) as order_amount,
    cast(
        case when redemptions_measured.is_use then redemptions_measured.use_number end as bigint
    ) as use_number,
    cast(
        case
            when redemptions_measured.is_use and redemptions_measured.person_id is not null
                then redemptions_measured.use_of_person_number
        end as bigint
    ) as use_of_person_number,

    -- flags
    cast(redemptions_measured.is_on_its_channel as boolean) as is_on_its_channel,

    -- timestamps
    cast(redemptions_measured.order_cancelled_at as timestamp with time zone) as order_cancelled_at,
    cast(redemptions_measured.order_deleted_at as timestamp with time zone) as order_deleted_at
from redemptions_measured
left join redemption_lines
    on redemption_lines.tenant_id = redemptions_measured.tenant_id
    and redemption_lines.redemption_id = redemptions_measured.redemption_id
    and redemption_lines.order_item_id = redemptions_measured.offending_line_id
