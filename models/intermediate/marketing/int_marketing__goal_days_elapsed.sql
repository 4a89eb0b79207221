{#-
    The days of every goal, each with the share of the goal that was to be in by its end: the share of
    last year's net sales of the same days, where they sold on half of them, else of the days.
-#}
with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
    where event_type in ('sale', 'discount', 'return')
),

sales_per_day as (
    select
        tenant_id,
        ledger_date,
        sum(amount) as net_sales_amount,
        max(case when event_type = 'sale' then 1 else 0 end) as selling_day_count
    from sales_ledger
    group by tenant_id, ledger_date
),

days as (
    select
        tenant_id,
        goal_id,
        day_count,
        cast({{ each_day('start_date', 'end_date') }} as date) as date_day
    from goals
),

days_of_last_year as (
    select
        days.tenant_id,
        days.goal_id,
        days.date_day,
        cast(days.day_count as {{ type_wide_integer() }}) as day_count,
        {{ to_cents('coalesce(sales_per_day.net_sales_amount, 0)') }} as net_sales_cents,
        coalesce(sales_per_day.selling_day_count, 0) as selling_day_count
    from days
    left join sales_per_day
        on sales_per_day.tenant_id = days.tenant_id
        and sales_per_day.ledger_date = {{ add_months('days.date_day', -12) }}
),

days_summed as (
    select
        tenant_id,
        goal_id,
        date_day,
        day_count,
        row_number() over (partition by tenant_id, goal_id order by date_day) as day_number,
        sum(net_sales_cents) over (
            partition by tenant_id, goal_id order by date_day
            rows between unbounded preceding and current row
        ) as net_sales_cents_so_far,
        sum(net_sales_cents) over (partition by tenant_id, goal_id) as net_sales_cents,
        sum(selling_day_count) over (partition by tenant_id, goal_id) as selling_day_count
    from days_of_last_year
),

days_based as (
    select
        days_summed.*,
        2 * selling_day_count >= day_count and net_sales_cents > 0 as is_by_last_year
    from days_summed
),

days_shared as (
    select
        days_based.*,
        case
            when is_by_last_year then {{ integer_divide(
                'net_sales_cents_so_far * 100000000', 'nullif(net_sales_cents, 0)'
            ) }}
            else {{ integer_divide('day_number * 100000000', 'day_count') }}
        end as elapsed_parts
    from days_based
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(goal_id as bigint) as goal_id,
    cast(date_day as date) as date_day,

    -- attributes
    cast(case when is_by_last_year then 'last_year' else 'days' end as text) as elapsed_basis,

    -- measures
    cast(
        {{ from_hundred_millionths('greatest(least(elapsed_parts, 100000000), 0)') }}
        as numeric(9, 8)
    ) as elapsed_share
from days_shared
