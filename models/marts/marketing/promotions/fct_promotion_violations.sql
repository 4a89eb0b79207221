{#-
    Each rule (docs/decisions/0011) is a row of `rules`: when it is broken, what was found and what was
    allowed, as text or as money, and whose doing it is where that is not who entered it.
-#}
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

redemptions_placed as (
    select * from {{ ref('int_marketing__redemptions_placed') }}
),

redemptions_checked as (
    select * from {{ ref('int_marketing__redemptions_checked') }}
),

redemptions_by_own_staff as (
    select * from {{ ref('int_marketing__redemptions_by_own_staff') }}
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

promotions_scoped as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

categories as (
    select * from {{ ref('stg_products__categories') }}
),

redemptions_described as (
    select
        redemptions.*,
        redemptions_placed.timezone,
        redemptions_placed.order_status,
        redemptions_placed.order_cancelled_at,
        redemptions_placed.order_deleted_at,
        redemptions_checked.scope_fault,
        redemptions_checked.order_amount,
        redemptions_checked.use_number,
        redemptions_checked.use_of_person_number,
        redemptions_checked.other_promotion_id,
        redemptions_checked.is_on_its_channel,
        promotions.starts_at,
        promotions.ends_at,
        promotions.usage_limit,
        promotions.per_customer_limit,
        promotions.min_order_amount,
        promotions.max_discount_amount,
        promotions.is_stackable,
        promotions_scoped.has_products,
        promotions_scoped.has_channels,
        promotions_scoped.product_names,
        promotions_scoped.category_names,
        promotions_scoped.channel_names,
        products.product_name as offending_product_name,
        products.category_name as offending_category_name,
        categories.name as excluded_category_name,
        coalesce(other_promotions.code, other_promotions.name) as other_promotion_code,
        redemptions_by_own_staff.user_id as own_user_id
    from redemptions
    inner join redemptions_placed
        on redemptions_placed.tenant_id = redemptions.tenant_id
        and redemptions_placed.redemption_id = redemptions.redemption_id
    inner join redemptions_checked
        on redemptions_checked.tenant_id = redemptions.tenant_id
        and redemptions_checked.redemption_id = redemptions.redemption_id
    inner join promotions
        on promotions.tenant_id = redemptions.tenant_id
        and promotions.promotion_id = redemptions.promotion_id
    inner join promotions_scoped
        on promotions_scoped.tenant_id = redemptions.tenant_id
        and promotions_scoped.promotion_id = redemptions.promotion_id
    left join products
        on products.tenant_id = redemptions_checked.tenant_id
        and products.product_id = redemptions_checked.offending_product_id
    left join categories
        on categories.tenant_id = redemptions_checked.tenant_id
        and categories.category_id = redemptions_checked.excluded_category_id
    left join promotions as other_promotions
        on other_promotions.tenant_id = redemptions_checked.tenant_id
        and other_promotions.promotion_id = redemptions_checked.other_promotion_id
    left join redemptions_by_own_staff
        on redemptions_by_own_staff.tenant_id = redemptions.tenant_id
        and redemptions_by_own_staff.redemption_id = redemptions.redemption_id
),

{% set rules = {
    'outside_window': {
        'broken': 'redeemed_at < starts_at or redeemed_at >= ends_at',
        'found': local_time('redeemed_at', 'timezone'),
        'allowed': "coalesce(" ~ local_time('starts_at', 'timezone') ~ ", '…') || ' – ' || coalesce("
            ~ local_time('ends_at', 'timezone') ~ ", '…')",
    },
    'above_usage_limit': {
        'broken': 'use_number > usage_limit',
        'found': 'cast(use_number as text)',
        'allowed': 'cast(usage_limit as text)',
    },
    'above_person_limit': {
        'broken': 'use_of_person_number > per_customer_limit',
        'found': 'cast(use_of_person_number as text)',
        'allowed': 'cast(per_customer_limit as text)',
    },
    'excluded_product': {
        'broken': "scope_fault = 'excluded_product'",
        'found': 'offending_product_name',
        'allowed': "'≠ ' || offending_product_name",
    },
    'excluded_category': {
        'broken': "scope_fault = 'excluded_category'",
        'found': 'offending_product_name',
        'allowed': "'≠ ' || excluded_category_name",
    },
    'not_its_product': {
        'broken': "scope_fault = 'not_named' and has_products",
        'found': 'offending_product_name',
        'allowed': "product_names || coalesce(', ' || category_names, '')",
    },
    'not_its_category': {
        'broken': "scope_fault = 'not_named' and not has_products",
        'found': 'offending_category_name',
        'allowed': 'category_names',
    },
    'not_its_channel': {
        'broken': 'has_channels and page_id is not null and not is_on_its_channel',
        'found': 'channel_name',
        'allowed': 'channel_names',
    },
    'below_minimum': {
        'broken': 'order_id is not null and order_amount < min_order_amount',
        'found_amount': 'order_amount',
        'allowed_amount': 'min_order_amount',
    },
    'above_max_discount': {
        'broken': 'discount_amount > max_discount_amount',
        'found_amount': 'discount_amount',
        'allowed_amount': 'max_discount_amount',
    },
    'stacked_not_stackable': {
        'broken': 'not is_stackable and other_promotion_id is not null',
        'found': "coalesce(promotion_code, promotion_name) || ' + ' || other_promotion_code",
        'allowed': 'coalesce(promotion_code, promotion_name)',
    },
    'on_cancelled_order': {
        'broken': "order_status = 'cancelled'",
        'found': 'coalesce(' ~ local_time('order_cancelled_at', 'timezone') ~ ', order_status)',
    },
    'on_deleted_order': {
        'broken': 'order_deleted_at is not null',
        'found': local_time('order_deleted_at', 'timezone'),
    },
    'staff_is_customer': {
        'broken': 'own_user_id is not null',
        'user': 'own_user_id',
    },
} -%}
violations as (
    {% for violation_type, rule in rules.items() -%}
    select
        redemptions_described.*,
        '{{ violation_type }}' as violation_type,
        {{ rule.user or 'user_id' }} as violating_user_id,
        cast({{ rule.found or 'null' }} as text) as found_value,
        cast({{ rule.allowed or 'null' }} as text) as allowed_value,
        cast({{ rule.found_amount or 'null' }} as numeric(18, 2)) as found_amount,
        cast({{ rule.allowed_amount or 'null' }} as numeric(18, 2)) as allowed_amount
    from redemptions_described
    where {{ rule.broken }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(redemption_id as bigint) as redemption_id,
    cast(violation_type as text) as violation_type,
    cast(promotion_id as bigint) as promotion_id,
    cast(order_id as bigint) as order_id,
    cast(person_id as bigint) as person_id,
    cast(violating_user_id as bigint) as user_id,

    -- attributes
    cast(promotion_code as text) as promotion_code,
    cast(promotion_name as text) as promotion_name,
    cast(order_number as text) as order_number,
    cast(channel_name as text) as channel_name,
    cast(found_value as text) as found_value,
    cast(allowed_value as text) as allowed_value,

    -- measures
    cast(found_amount as numeric(18, 2)) as found_amount,
    cast(allowed_amount as numeric(18, 2)) as allowed_amount,
    cast(discount_amount as numeric(18, 2)) as discount_amount,
    cast(discount_cost_amount as numeric(18, 2)) as discount_cost_amount,
    cast(
        case
            when violation_type = 'above_max_discount' then found_amount - allowed_amount
            else discount_amount
        end as numeric(18, 2)
    ) as at_stake_amount,

    -- dates
    cast(redeemed_date as date) as redeemed_date,

    -- timestamps
    cast(redeemed_at as timestamp with time zone) as redeemed_at
from violations
