{#-
    What was sold in a promotion's scope on its days, before and after, beside what is modelled to
    have been sold without it. Running sums of the baseline are rounded, not its days, so that they
    add up to what rpt_promotion_lift has.
-#}
with

promotion_days as (
    select * from {{ ref('int_marketing__promotion_days_compared') }}
),

promotions_modelled as (
    select * from {{ ref('int_marketing__promotions_modelled') }}
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
    where is_redemption
),

redemptions_per_day as (
    select
        tenant_id,
        promotion_id,
        redeemed_date,
        count(*) as redemption_count,
        sum(discount_cost_amount) as discount_cost_amount
    from redemptions
    group by tenant_id, promotion_id, redeemed_date
),

baselines_running as (
    select
        promotion_days.*,
        case
            when promotions_modelled.is_comparable and promotion_days.phase = 'during'
                then promotions_modelled.during_trend_rate
            when promotions_modelled.is_comparable and promotion_days.phase = 'after'
                then promotions_modelled.after_trend_rate
        end as trend_rate,
        sum(promotion_days.weekday_in_scope_amount) over (
            partition by promotion_days.tenant_id, promotion_days.promotion_id, promotion_days.phase
            order by promotion_days.date_day
        ) as running_weekday_amount
    from promotion_days
    inner join promotions_modelled
        on promotions_modelled.tenant_id = promotion_days.tenant_id
        and promotions_modelled.promotion_id = promotion_days.promotion_id
),

baselines_rounded as (
    select
        baselines_running.*,
        {{ baseline_cents('running_weekday_amount', 'trend_rate') }} as running_baseline_cents
    from baselines_running
),

baselines as (
    select
        baselines_rounded.*,
        running_baseline_cents - coalesce(
            lag(running_baseline_cents) over (
                partition by tenant_id, promotion_id, phase
                order by date_day
            ),
            0
        ) as baseline_cents
    from baselines_rounded
)

select
    -- keys
    cast(baselines.tenant_id as bigint) as tenant_id,
    cast(baselines.promotion_id as bigint) as promotion_id,
    cast(baselines.date_day as date) as date_day,

    -- attributes
    cast(promotions.name as text) as promotion_name,
    cast(baselines.phase as text) as phase,

    -- measures
    cast(baselines.in_scope_amount as numeric(18, 2)) as sales_in_scope_amount,
    cast({{ from_scaled('baselines.baseline_cents', 2) }} as numeric(28, 2)) as baseline_amount,
    cast(coalesce(redemptions_per_day.redemption_count, 0) as bigint) as redemption_count,
    cast(
        coalesce(redemptions_per_day.discount_cost_amount, 0) as numeric(18, 2)
    ) as discount_cost_amount
from baselines
inner join promotions
    on promotions.tenant_id = baselines.tenant_id
    and promotions.promotion_id = baselines.promotion_id
left join redemptions_per_day
    on redemptions_per_day.tenant_id = baselines.tenant_id
    and redemptions_per_day.promotion_id = baselines.promotion_id
    and redemptions_per_day.redeemed_date = baselines.date_day
