{#-
    Each rule (docs/decisions/0011) is a select of what breaks it; what proves it follows from its
    type.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_judged') }}
),

violations as (
    select redemptions.*, 'outside_window' as violation_type
    from redemptions
    where redeemed_at < starts_at or redeemed_at >= ends_at
    union all
    select redemptions.*, 'above_usage_limit' as violation_type
    from redemptions
    where use_number > usage_limit_count
    union all
    select redemptions.*, 'above_person_limit' as violation_type
    from redemptions
    where use_of_person_number > per_customer_limit_count
    union all
    select redemptions.*, 'excluded_product' as violation_type
    from redemptions
    where scope_fault = 'excluded_product'
    union all
    select redemptions.*, 'excluded_category' as violation_type
    from redemptions
    where scope_fault = 'excluded_category'
    union all
    select redemptions.*, 'not_its_product' as violation_type
    from redemptions
    where scope_fault = 'not_targeted' and has_products
    union all
    select redemptions.*, 'not_its_category' as violation_type
    from redemptions
    where scope_fault = 'not_targeted' and not has_products
    union all
    select redemptions.*, 'not_its_channel' as violation_type
    from redemptions
    where has_channels and page_id is not null and not is_on_its_channel
    union all
    select redemptions.*, 'below_minimum' as violation_type
    from redemptions
    where order_id is not null and order_amount < min_order_amount
    union all
    select redemptions.*, 'above_max_discount' as violation_type
    from redemptions
    where discount_amount > max_discount_amount
    union all
    select redemptions.*, 'stacked_not_stackable' as violation_type
    from redemptions
    where not is_stackable and other_promotion_id is not null
    union all
    select redemptions.*, 'on_cancelled_order' as violation_type
    from redemptions
    where order_status = 'cancelled'
    union all
    select redemptions.*, 'on_deleted_order' as violation_type
    from redemptions
    where order_deleted_at is not null
    union all
    select redemptions.*, 'staff_is_customer' as violation_type
    from redemptions
    where self_redeeming_user_id is not null
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(redemption_id as bigint) as redemption_id,
    cast(violation_type as text) as violation_type,
    cast(promotion_id as bigint) as promotion_id,
    cast(order_id as bigint) as order_id,
    cast(person_id as bigint) as person_id,
    cast(
        case violation_type
            when 'staff_is_customer' then self_redeeming_user_id
            else user_id
        end as bigint
    ) as user_id,

    -- attributes
    cast(promotion_code as text) as promotion_code,
    cast(promotion_name as text) as promotion_name,
    cast(order_number as text) as order_number,
    cast(channel_name as text) as channel_name,
    cast(
        case violation_type
            when 'excluded_product' then offending_product_name
            when 'excluded_category' then offending_product_name
            when 'not_its_product' then offending_product_name
            when 'not_its_category' then offending_category_name
            when 'not_its_channel' then channel_name
            when 'stacked_not_stackable' then other_promotion_code
        end as text
    ) as found_name,
    cast(
        case violation_type
            when 'not_its_product' then product_names || coalesce(', ' || category_names, '')
            when 'not_its_category' then category_names
            when 'not_its_channel' then channel_names
        end as text
    ) as allowed_names,
    cast(
        case violation_type when 'excluded_category' then excluded_category_name end as text
    ) as excluded_name,

    -- measures
    cast(
        case violation_type
            when 'above_usage_limit' then use_number
            when 'above_person_limit' then use_of_person_number
        end as bigint
    ) as found_count,
    cast(
        case violation_type
            when 'above_usage_limit' then usage_limit_count
            when 'above_person_limit' then per_customer_limit_count
        end as bigint
    ) as allowed_count,
    cast(
        case violation_type
            when 'below_minimum' then order_amount
            when 'above_max_discount' then discount_amount
        end as numeric(18, 2)
    ) as found_amount,
    cast(
        case violation_type
            when 'below_minimum' then min_order_amount
            when 'above_max_discount' then max_discount_amount
        end as numeric(18, 2)
    ) as allowed_amount,
    cast(discount_amount as numeric(18, 2)) as discount_amount,
    cast(discount_cost_amount as numeric(18, 2)) as discount_cost_amount,
    cast(
        case violation_type
            when 'above_max_discount' then discount_amount - max_discount_amount
            else discount_amount
        end as numeric(18, 2)
    ) as at_stake_amount,

    -- dates
    cast(redeemed_date as date) as redeemed_date,

    -- timestamps
    cast(redeemed_at as timestamp with time zone) as redeemed_at,
    cast(
        case violation_type
            when 'outside_window' then redeemed_at
            when 'on_cancelled_order' then order_cancelled_at
            when 'on_deleted_order' then order_deleted_at
        end as timestamp with time zone
    ) as found_at,
    cast(
        case violation_type when 'outside_window' then starts_at end as timestamp with time zone
    ) as allowed_from_at,
    cast(
        case violation_type when 'outside_window' then ends_at end as timestamp with time zone
    ) as allowed_until_at
from violations
