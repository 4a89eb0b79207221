-- Fails when the days of a target are not those of its period, or do not add up to it, to the cent
-- and the hundredth of an order; or when a target that cannot be spread is not quarantined.
with

sales_targets as (
    select * from {{ ref('stg_staff__sales_performances') }}
),

quarantined as (
    select tenant_id, source_id, count(*) as reason_count
    from {{ ref('fct_quarantined_rows') }}
    where source_table = 'sales_performance'
    group by tenant_id, source_id
),

days_per_target as (
    select
        tenant_id,
        sales_performance_id,
        sum(target_amount) as target_amount,
        sum(target_order_count) as target_order_count,
        count(*) as day_count,
        min(target_date) as first_date,
        max(target_date) as last_date
    from {{ ref('fct_sales_targets') }}
    group by tenant_id, sales_performance_id
)

select
    sales_targets.tenant_id,
    sales_targets.sales_performance_id,
    sales_targets.target_amount,
    days_per_target.target_amount as amount_of_days,
    days_per_target.target_order_count,
    days_per_target.day_count,
    quarantined.reason_count
from sales_targets
left join days_per_target
    on days_per_target.tenant_id = sales_targets.tenant_id
    and days_per_target.sales_performance_id = sales_targets.sales_performance_id
left join quarantined
    on quarantined.tenant_id = sales_targets.tenant_id
    and quarantined.source_id = sales_targets.sales_performance_id
where case
    when quarantined.reason_count is not null then days_per_target.day_count is not null
    else days_per_target.target_amount is distinct from sales_targets.target_amount
        or days_per_target.target_order_count is distinct from sales_targets.target_orders
        or days_per_target.day_count
            is distinct from sales_targets.period_end - sales_targets.period_start + 1
        or days_per_target.first_date is distinct from sales_targets.period_start
        or days_per_target.last_date is distinct from sales_targets.period_end
end
