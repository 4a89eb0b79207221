{#-
    What each promotion of marketing has come to over all its time (definitions.md, Promotion
    redemptions).
-#}
with

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

promotions_paced as (
    select * from {{ ref('int_marketing__promotions_paced') }}
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

dates as (
    select * from {{ ref('dim_dates') }}
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

sales_per_tenant as (
    select tenant_id, sum(demand_sales_amount) as demand_sales_amount
    from sales_per_day
    group by tenant_id
),

{#-
    What had been sold by the end of each day: sales between two days are a difference of two of
    these.
-#}
sales_running as (
    select
        dates.tenant_id,
        dates.date_day,
        sum(coalesce(sales_per_day.demand_sales_amount, 0)) over (
            partition by dates.tenant_id
            order by dates.date_day
        ) as so_far_amount
    from dates
    left join sales_per_day
        on sales_per_day.tenant_id = dates.tenant_id
        and sales_per_day.order_date = dates.date_day
),

days_known as (
    select tenant_id, max(date_day) as last_date
    from dates
    group by tenant_id
),

sales_per_promotion as (
    select
        promotion_scopes.tenant_id,
        promotion_scopes.promotion_id,
        sales_per_tenant.demand_sales_amount,
        case
            when promotion_scopes.start_date
                <= coalesce(promotion_scopes.end_date, promotion_scopes.start_date)
                then coalesce(by_its_end.so_far_amount, 0) - coalesce(before_it.so_far_amount, 0)
            else 0
        end as demand_sales_of_its_days_amount
    from promotion_scopes
    inner join sales_per_tenant
        on sales_per_tenant.tenant_id = promotion_scopes.tenant_id
    inner join days_known
        on days_known.tenant_id = promotion_scopes.tenant_id
    left join sales_running as before_it
        on before_it.tenant_id = promotion_scopes.tenant_id
        and before_it.date_day = least(promotion_scopes.start_date - 1, days_known.last_date)
    left join sales_running as by_its_end
        on by_its_end.tenant_id = promotion_scopes.tenant_id
        and by_its_end.date_day = least(
            coalesce(promotion_scopes.end_date, days_known.last_date), days_known.last_date
        )
),

promotions_summed as (
    select
        promotions.*,
        promotion_scopes.start_date,
        promotion_scopes.end_date,
        promotions_paced.budget_outlook,
        promotions_paced.pace_day_count,
        promotions_paced.recent_cost_amount,
        promotions_paced.is_over,
        promotions_paced.budget_burnout_date,
        {% for column in [
            'attempt_count', 'redemption_count', 'use_count', 'net_redemption_count',
            'rejected_count',
            'rolled_back_count', 'promoted_order_count', 'stacked_order_count', 'person_count',
            'free_item_cost_amount', 'discount_cost_amount',
            'promoted_sales_amount', 'promoted_sales_of_its_days_amount',
            'promoted_costed_amount', 'promoted_recorded_margin_amount',
        ] -%}
        coalesce(redemptions_summed.{{ column }}, 0) as {{ column }},
        {% endfor -%}
        redemptions_summed.first_redeemed_date,
        redemptions_summed.last_redeemed_date,
        coalesce(violations_counted.violation_count, 0) as violation_count,
        coalesce(violations_counted.violating_redemption_count, 0) as violating_redemption_count,
        coalesce(sales_per_promotion.demand_sales_amount, 0) as demand_sales_amount,
        coalesce(sales_per_promotion.demand_sales_of_its_days_amount, 0)
            as demand_sales_of_its_days_amount
    from promotions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = promotions.tenant_id
        and promotion_scopes.promotion_id = promotions.promotion_id
    inner join promotions_paced
        on promotions_paced.tenant_id = promotions.tenant_id
        and promotions_paced.promotion_id = promotions.promotion_id
    left join redemptions_summed
        on redemptions_summed.tenant_id = promotions.tenant_id
        and redemptions_summed.promotion_id = promotions.promotion_id
    left join violations_counted
        on violations_counted.tenant_id = promotions.tenant_id
        and violations_counted.promotion_id = promotions.promotion_id
    left join sales_per_promotion
        on sales_per_promotion.tenant_id = promotions.tenant_id
        and sales_per_promotion.promotion_id = promotions.promotion_id
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
    cast(budget_outlook as text) as budget_outlook,

    -- measures
    {% for column in [
        'attempt_count', 'redemption_count', 'use_count', 'net_redemption_count', 'rejected_count',
        'rolled_back_count', 'promoted_order_count', 'stacked_order_count', 'person_count',
        'violation_count', 'violating_redemption_count',
    ] -%}
    cast({{ column }} as bigint) as {{ column }},
    {% endfor -%}
    cast(issued_count as bigint) as issued_count,
    cast(usage_limit as bigint) as usage_limit_count,
    cast(pace_day_count as integer) as pace_day_count,
    {% for column in [
        'discount_cost_amount', 'free_item_cost_amount', 'recent_cost_amount', 'budget_amount',
        'promoted_sales_amount', 'promoted_costed_amount',
    ] -%}
    cast({{ column }} as numeric(18, 2)) as {{ column }},
    {% endfor -%}
    cast(
        {{ where_costed(
            'promoted_recorded_margin_amount', 'promoted_costed_amount', 'promoted_sales_amount'
        ) }} as numeric(18, 2)
    ) as margin_after_promotion_amount,
    {% for name, (numerator, denominator) in {
        'rejection_rate': ('rejected_count', 'attempt_count'),
        'redemption_rate': ('net_redemption_count', 'issued_count'),
        'usage_used_rate': ('use_count', 'usage_limit'),
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
    cast(is_over as boolean) as is_over,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(first_redeemed_date as date) as first_redeemed_date,
    cast(last_redeemed_date as date) as last_redeemed_date,
    cast(budget_burnout_date as date) as budget_burnout_date
from promotions_summed
