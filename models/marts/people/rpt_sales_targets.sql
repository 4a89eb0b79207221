{#-
    Where every target of a person stands on the day of the data, by the rule that paces goals
    (docs/decisions/0010).
-#}
with

sales_targets as (
    select * from {{ ref('stg_staff__sales_performances') }}
    where target_amount is not null and period_end - period_start between 0 and 3652
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

days_elapsed as (
    select * from {{ ref('int_sales__days_elapsed') }}
),

sales_credits as (
    select * from {{ ref('fct_sales_credits') }}
    where is_credited
),

sales_per_day as (
    select tenant_id, user_id, ledger_date, sum(net_sales_amount) as net_sales_amount
    from sales_credits
    group by tenant_id, user_id, ledger_date
),

targets_dated as (
    select
        sales_targets.tenant_id,
        sales_targets.sales_performance_id,
        sales_targets.user_id,
        sales_targets.target_amount,
        sales_targets.period_start as start_date,
        sales_targets.period_end as end_date,
        tenants.as_of_date
    from sales_targets
    inner join tenants
        on tenants.tenant_id = sales_targets.tenant_id
),

actuals as (
    select
        targets_dated.tenant_id,
        targets_dated.sales_performance_id,
        sum(sales_per_day.net_sales_amount) as actual_amount,
        sum(
            case
                when sales_per_day.ledger_date < targets_dated.as_of_date
                    then sales_per_day.net_sales_amount
                else 0
            end
        ) as actual_to_date_amount
    from targets_dated
    inner join sales_per_day
        on sales_per_day.tenant_id = targets_dated.tenant_id
        and sales_per_day.user_id = targets_dated.user_id
        and sales_per_day.ledger_date between targets_dated.start_date and targets_dated.end_date
    group by targets_dated.tenant_id, targets_dated.sales_performance_id
),

targets_measured as (
    select
        targets_dated.*,
        first_days.elapsed_basis,
        first_days.elapsed_event_code,
        {{ to_scaled('targets_dated.target_amount', 2) }} as target_cents,
        {{ to_scaled('coalesce(days_gone.elapsed_share, 0)', 8) }} as share_parts,
        {{ to_scaled('coalesce(actuals.actual_amount, 0)', 8) }} as actual_parts,
        {{ to_scaled('coalesce(actuals.actual_to_date_amount, 0)', 8) }}
            as actual_to_date_parts,
        greatest(
            least(targets_dated.as_of_date, targets_dated.end_date + 1) - targets_dated.start_date,
            0
        ) as gone_day_count,
        greatest(
            targets_dated.end_date + 1
            - greatest(targets_dated.as_of_date, targets_dated.start_date),
            0
        ) as left_day_count
    from targets_dated
    inner join days_elapsed as first_days
        on first_days.tenant_id = targets_dated.tenant_id
        and first_days.start_date = targets_dated.start_date
        and first_days.end_date = targets_dated.end_date
        and first_days.date_day = targets_dated.start_date
    left join days_elapsed as days_gone
        on days_gone.tenant_id = targets_dated.tenant_id
        and days_gone.start_date = targets_dated.start_date
        and days_gone.end_date = targets_dated.end_date
        and days_gone.date_day = least(targets_dated.as_of_date - 1, targets_dated.end_date)
    left join actuals
        on actuals.tenant_id = targets_dated.tenant_id
        and actuals.sales_performance_id = targets_dated.sales_performance_id
),

targets_paced as (
    {{ measured_pace('targets_measured') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(sales_performance_id as bigint) as sales_performance_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(pace_status as text) as target_status,
    cast(elapsed_basis as text) as elapsed_basis,
    cast(elapsed_event_code as text) as elapsed_event_code,

    -- measures
    cast(target_amount as numeric(18, 2)) as target_amount,
    cast({{ from_scaled('actual_cents', 2) }} as numeric(18, 2)) as actual_value,
    cast({{ from_scaled('actual_to_date_cents', 2) }} as numeric(18, 2)) as actual_to_date_value,
    cast({{ from_scaled('share_parts', 8) }} as numeric(9, 8)) as elapsed_share,
    cast({{ from_scaled('expected_cents', 2) }} as numeric(18, 2)) as expected_to_date_value,
    cast({{ from_scaled('attainment_parts', 8) }} as numeric(28, 8)) as attainment_rate,
    cast({{ from_scaled('pace_parts', 8) }} as numeric(28, 8)) as pace_rate,
    cast(
        {{ from_scaled(
            'case when extrapolated_cents is not null'
            ~ ' then greatest(actual_cents, extrapolated_cents) end',
            2,
        ) }} as numeric(18, 2)
    ) as projected_value,
    cast(
        {{ from_scaled('required_per_day_cents', 2) }} as numeric(18, 2)
    ) as required_per_day_value,
    cast(left_day_count as integer) as days_left,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from targets_paced
