{#- What each promotion of marketing has come to over all its time (metrics.md, Promotion redemptions). -#}
with

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

promotions_scoped as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
),

redemptions_summed as (
    select * from {{ ref('int_marketing__redemptions_summed') }}
),

violations as (
    select * from {{ ref('fct_promotion_violations') }}
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

violations_counted as (
    select
        tenant_id,
        promotion_id,
        count(*) as violation_count,
        count(distinct redemption_id) as violating_redemption_count
    from violations
    group by tenant_id, promotion_id
),

sales_per_day as (
    select tenant_id, order_date, sum(demand_sales_amount) as demand_sales_amount
    from orders_that_count
    group by tenant_id, order_date
),

sales_per_promotion as (
    select
        promotions_scoped.tenant_id,
        promotions_scoped.promotion_id,
        sum(sales_per_day.demand_sales_amount) as demand_sales_amount,
        sum(
            case
                when sales_per_day.order_date >= promotions_scoped.start_date
                    and sales_per_day.order_date <= coalesce(
                        promotions_scoped.end_date, sales_per_day.order_date
                    )
                    then sales_per_day.demand_sales_amount
                else 0
            end
        ) as demand_sales_of_its_days_amount
    from promotions_scoped
    inner join sales_per_day
        on sales_per_day.tenant_id = promotions_scoped.tenant_id
    group by promotions_scoped.tenant_id, promotions_scoped.promotion_id
),

promotions_summed as (
    select
        promotions.*,
        promotions_scoped.start_date,
        promotions_scoped.end_date,
        {% for column in [
            'attempt_count', 'redemption_count', 'net_redemption_count', 'rejected_count',
            'rolled_back_count', 'promoted_order_count', 'stacked_order_count', 'person_count',
            'free_item_cost_amount', 'discount_cost_amount', 'recent_cost_amount',
            'promoted_sales_amount', 'promoted_sales_of_its_days_amount',
            'margin_after_promotion_amount',
        ] -%}
        coalesce(redemptions_summed.{{ column }}, 0) as {{ column }},
        {% endfor -%}
        redemptions_summed.first_redeemed_date,
        redemptions_summed.last_redeemed_date,
        redemptions_summed.run_out_date,
        coalesce(violations_counted.violation_count, 0) as violation_count,
        coalesce(violations_counted.violating_redemption_count, 0) as violating_redemption_count,
        coalesce(sales_per_promotion.demand_sales_amount, 0) as demand_sales_amount,
        coalesce(sales_per_promotion.demand_sales_of_its_days_amount, 0)
            as demand_sales_of_its_days_amount,
        tenants.as_of_date
    from promotions
    inner join promotions_scoped
        on promotions_scoped.tenant_id = promotions.tenant_id
        and promotions_scoped.promotion_id = promotions.promotion_id
    inner join tenants
        on tenants.tenant_id = promotions.tenant_id
    left join redemptions_summed
        on redemptions_summed.tenant_id = promotions.tenant_id
        and redemptions_summed.promotion_id = promotions.promotion_id
    left join violations_counted
        on violations_counted.tenant_id = promotions.tenant_id
        and violations_counted.promotion_id = promotions.promotion_id
    left join sales_per_promotion
        on sales_per_promotion.tenant_id = promotions.tenant_id
        and sales_per_promotion.promotion_id = promotions.promotion_id
),

promotions_projected as (
    select
        promotions_summed.*,
        case
            when budget_amount > discount_cost_amount and recent_cost_amount > 0
                then {{ integer_divide(
                    to_cents('budget_amount - discount_cost_amount') ~ ' * 14',
                    to_cents('recent_cost_amount'),
                ) }}
        end as days_left_count
    from promotions_summed
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,

    -- attributes
    cast(code as text) as promotion_code,
    cast(name as text) as promotion_name,
    cast(promotion_type as text) as promotion_type,
    cast(status as text) as promotion_status,

    -- measures
    {% for column in [
        'attempt_count', 'redemption_count', 'net_redemption_count', 'rejected_count',
        'rolled_back_count', 'promoted_order_count', 'stacked_order_count', 'person_count',
        'violation_count', 'violating_redemption_count',
    ] -%}
    cast({{ column }} as bigint) as {{ column }},
    {% endfor -%}
    cast(issued_count as bigint) as issued_count,
    cast(usage_limit as bigint) as usage_limit_count,
    {% for column in [
        'discount_cost_amount', 'free_item_cost_amount', 'recent_cost_amount', 'budget_amount',
        'promoted_sales_amount', 'margin_after_promotion_amount',
    ] -%}
    cast({{ column }} as numeric(18, 2)) as {{ column }},
    {% endfor -%}
    {% for name, (numerator, denominator) in {
        'rejection_rate': ('rejected_count', 'attempt_count'),
        'redemption_rate': ('net_redemption_count', 'issued_count'),
        'usage_used_rate': ('redemption_count', 'usage_limit'),
        'budget_used_rate': ('discount_cost_amount', 'budget_amount'),
        'influence_rate': ('promoted_sales_amount', 'demand_sales_amount'),
        'influence_of_its_days_rate': (
            'promoted_sales_of_its_days_amount', 'demand_sales_of_its_days_amount'
        ),
        'stacking_rate': ('stacked_order_count', 'promoted_order_count'),
    }.items() -%}
    cast({{ ratio(numerator, denominator) }} as numeric(28, 8)) as {{ name }},
    {% endfor %}
    -- flags
    cast(deleted_at is not null as boolean) as is_deleted,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(first_redeemed_date as date) as first_redeemed_date,
    cast(last_redeemed_date as date) as last_redeemed_date,
    cast(
        case
            when run_out_date is not null then run_out_date
            when days_left_count <= 36525 then as_of_date + cast(least(days_left_count, 36525) as integer)
        end as date
    ) as budget_burnout_date
from promotions_projected
