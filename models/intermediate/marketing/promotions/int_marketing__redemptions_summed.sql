{#- What a promotion's attempts add up to, over all its time. -#}
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
),

promoted_orders as (
    select * from {{ ref('fct_promoted_orders') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

redemptions_of_orders as (
    select
        redemptions.*,
        redemptions.is_order_promoted_once and promoted_orders.is_stacked as is_stacked,
        redemptions.is_order_promoted_once
        and promoted_orders.order_date >= promotion_scopes.start_date
        and promoted_orders.order_date <= coalesce(
            promotion_scopes.end_date, promoted_orders.order_date
        ) as is_order_of_its_days
    from redemptions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = redemptions.tenant_id
        and promotion_scopes.promotion_id = redemptions.promotion_id
    left join promoted_orders
        on promoted_orders.tenant_id = redemptions.tenant_id
        and promoted_orders.order_id = redemptions.order_id
),

redemptions_summed as (
    select
        tenant_id,
        promotion_id,
        count(*) as attempt_count,
        {% for name, condition in {
            'redemption_count': 'is_redemption',
            'use_count': 'is_use',
            'net_redemption_count': 'is_net',
            'rejected_count': "redemption_status = 'rejected'",
            'rolled_back_count': "redemption_status = 'rolled_back'",
            'promoted_order_count': 'is_order_promoted_once',
            'stacked_order_count': 'is_stacked',
        }.items() -%}
        count(case when {{ condition }} then 1 end) as {{ name }},
        {% endfor -%}
        count(distinct case when is_net then person_id end) as person_count,
        sum(case when is_net then free_item_cost_amount else 0 end) as free_item_cost_amount,
        sum(discount_cost_amount) as discount_cost_amount,
        sum(promoted_sales_amount) as promoted_sales_amount,
        sum(case when is_order_of_its_days then promoted_sales_amount else 0 end)
            as promoted_sales_of_its_days_amount,
        sum(promoted_costed_amount) as promoted_costed_amount,
        sum(promoted_recorded_margin_amount) as promoted_recorded_margin_amount,
        min(case when is_redemption then redeemed_date end) as first_redeemed_date,
        max(case when is_redemption then redeemed_date end) as last_redeemed_date
    from redemptions_of_orders
    group by tenant_id, promotion_id
)

select
    -- keys
    cast(redemptions_summed.tenant_id as bigint) as tenant_id,
    cast(redemptions_summed.promotion_id as bigint) as promotion_id,

    -- measures
    {% for column in [
        'attempt_count', 'redemption_count', 'use_count', 'net_redemption_count', 'rejected_count',
        'rolled_back_count', 'promoted_order_count', 'stacked_order_count', 'person_count',
    ] -%}
    cast(redemptions_summed.{{ column }} as bigint) as {{ column }},
    {% endfor -%}
    {% for column in [
        'free_item_cost_amount', 'discount_cost_amount',
        'promoted_sales_amount', 'promoted_sales_of_its_days_amount',
        'promoted_costed_amount', 'promoted_recorded_margin_amount',
    ] -%}
    cast(redemptions_summed.{{ column }} as numeric(18, 2)) as {{ column }},
    {% endfor %}
    -- dates
    cast(redemptions_summed.first_redeemed_date as date) as first_redeemed_date,
    cast(redemptions_summed.last_redeemed_date as date) as last_redeemed_date
from redemptions_summed
