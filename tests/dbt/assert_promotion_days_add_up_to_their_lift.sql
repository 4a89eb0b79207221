-- Fails when a promotion's days do not add up to what its lift and its pull-forward are told from.
with

promotion_days as (
    select * from {{ ref('rpt_promotion_days') }}
),

lifts as (
    select * from {{ ref('rpt_promotion_lift') }}
    where lift_reason is null
),

days_summed as (
    select
        tenant_id,
        promotion_id,
        count(case when phase = 'during' then 1 end) as day_count,
        sum(case when phase = 'during' then sales_in_scope_amount end) as actual_amount,
        sum(case when phase = 'during' then baseline_amount end) as baseline_amount,
        sum(case when phase = 'after' then sales_in_scope_amount - baseline_amount end)
            as pull_forward_amount
    from promotion_days
    group by tenant_id, promotion_id
)

select
    lifts.tenant_id,
    lifts.promotion_id,
    lifts.actual_amount,
    days_summed.actual_amount as actual_of_days_amount,
    lifts.baseline_amount,
    days_summed.baseline_amount as baseline_of_days_amount,
    lifts.pull_forward_amount,
    days_summed.pull_forward_amount as pull_forward_of_days_amount
from lifts
left join days_summed
    on days_summed.tenant_id = lifts.tenant_id
    and days_summed.promotion_id = lifts.promotion_id
where days_summed.day_count is distinct from lifts.days_measured
    or days_summed.actual_amount is distinct from lifts.actual_amount
    or days_summed.baseline_amount is distinct from lifts.baseline_amount
    or days_summed.pull_forward_amount is distinct from lifts.pull_forward_amount
