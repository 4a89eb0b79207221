{#-
    What each promotion cost of late and what becomes of its budget (docs/decisions/0011). The pace
    is that of the whole local days since it began, the last fourteen at most. Where the budget has
    not run out, it runs out on a day before the end or lasts beyond it; of what is over, or has not
    run for a day, nothing is told.
-#}
with

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

snapshot as (
    select * from {{ source('facet_source', 'snapshot') }}
),

costs_per_day as (
    select tenant_id, promotion_id, redeemed_date, sum(discount_cost_amount) as cost_amount
    from redemptions
    group by tenant_id, promotion_id, redeemed_date
),

costs_running as (
    select
        costs_per_day.*,
        min(redeemed_date) over (partition by tenant_id, promotion_id) as first_redeemed_date,
        sum(cost_amount) over (
            partition by tenant_id, promotion_id
            order by redeemed_date
        ) as cost_so_far_amount
    from costs_per_day
),

promotions_costed as (
    select
        promotions.tenant_id,
        promotions.promotion_id,
        promotions.budget_amount,
        promotion_scopes.end_date,
        tenants.as_of_date,
        coalesce(promotions.ends_at <= snapshot.taken_at, false)
        or promotions.deleted_at is not null
        or promotions.status in ('ended', 'expired', 'archived', 'cancelled') as is_over,
        costs_running.redeemed_date,
        coalesce(costs_running.cost_amount, 0) as cost_amount,
        costs_running.cost_so_far_amount,
        cast(
            least(
                14,
                greatest(
                    0,
                    tenants.as_of_date - coalesce(
                        promotion_scopes.start_date,
                        costs_running.first_redeemed_date,
                        tenants.as_of_date
                    )
                )
            ) as integer
        ) as pace_day_count
    from promotions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = promotions.tenant_id
        and promotion_scopes.promotion_id = promotions.promotion_id
    inner join tenants
        on tenants.tenant_id = promotions.tenant_id
    cross join snapshot
    left join costs_running
        on costs_running.tenant_id = promotions.tenant_id
        and costs_running.promotion_id = promotions.promotion_id
),

promotions_summed as (
    select
        tenant_id,
        promotion_id,
        budget_amount,
        end_date,
        as_of_date,
        is_over,
        pace_day_count,
        sum(cost_amount) as cost_amount,
        sum(
            case
                when redeemed_date between as_of_date - pace_day_count and as_of_date - 1
                    then cost_amount
                else 0
            end
        ) as recent_cost_amount,
        min(
            case
                when budget_amount > 0 and cost_so_far_amount >= budget_amount then redeemed_date
            end
        ) as run_out_date
    from promotions_costed
    group by tenant_id, promotion_id, budget_amount, end_date, as_of_date, is_over, pace_day_count
),

promotions_projected as (
    select
        promotions_summed.*,
        case
            when budget_amount > cost_amount and recent_cost_amount > 0
                then {{ integer_divide(
                    to_scaled('budget_amount - cost_amount', 2) ~ ' * pace_day_count',
                    to_scaled('recent_cost_amount', 2),
                ) }}
        end as days_left_count
    from promotions_summed
),

promotions_with_outlook as (
    select
        promotions_projected.*,
        case
            when run_out_date is not null then 'ran_out'
            when budget_amount > 0 and not is_over and pace_day_count > 0
                then case
                    when days_left_count <= least(coalesce(end_date - as_of_date, 36525), 36525)
                        then 'runs_out'
                    else 'lasts'
                end
        end as budget_outlook
    from promotions_projected
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,

    -- attributes
    cast(budget_outlook as text) as budget_outlook,

    -- measures
    cast(pace_day_count as integer) as pace_day_count,
    cast(recent_cost_amount as numeric(18, 2)) as recent_cost_amount,

    -- flags
    cast(is_over as boolean) as is_over,

    -- dates
    cast(
        case budget_outlook
            when 'ran_out' then run_out_date
            when 'runs_out' then as_of_date + cast(least(days_left_count, 36525) as integer)
        end as date
    ) as budget_burnout_date
from promotions_with_outlook
