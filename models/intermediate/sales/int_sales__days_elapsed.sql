{#-
    The days of every goal and target, each with the share that was to be in by its end: the share
    of last year's net sales of the same days, where they sold on half of them, else of the days.
    Where an event moves, the same days are those at the same distance from it.
-#}
with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

sales_targets as (
    select * from {{ ref('stg_staff__sales_performances') }}
    where target_amount is not null and period_end - period_start between 0 and 3652
),

events as (
    select * from {{ ref('dim_events') }}
    where year_before_start_date is not null
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

spans as (
    select tenant_id, start_date, end_date from goals
    union
    select tenant_id, period_start as start_date, period_end as end_date from sales_targets
),

spans_of_events as (
    select
        spans.tenant_id,
        spans.start_date,
        spans.end_date,
        events.event_code,
        events.start_date - events.year_before_start_date as shift_day_count,
        row_number() over (
            partition by spans.tenant_id, spans.start_date, spans.end_date
            order by events.event_rank, events.event_code, events.start_date
        ) as event_number
    from spans
    inner join events
        on events.tenant_id = spans.tenant_id
        and (
            (events.start_date <= spans.end_date and events.end_date >= spans.start_date)
            or (
                events.year_before_start_date <= {{ add_months('spans.end_date', -12) }}
                and events.year_before_end_date >= {{ add_months('spans.start_date', -12) }}
            )
        )
),

days as (
    select
        spans.tenant_id,
        spans.start_date,
        spans.end_date,
        spans_of_events.event_code,
        spans_of_events.shift_day_count,
        cast({{ each_day('spans.start_date', 'spans.end_date') }} as date) as date_day
    from spans
    left join spans_of_events
        on spans_of_events.tenant_id = spans.tenant_id
        and spans_of_events.start_date = spans.start_date
        and spans_of_events.end_date = spans.end_date
        and spans_of_events.event_number = 1
),

days_of_last_year as (
    select
        days.tenant_id,
        days.start_date,
        days.end_date,
        days.date_day,
        days.event_code,
        cast(days.end_date - days.start_date + 1 as {{ type_wide_integer() }}) as day_count,
        {{ to_scaled('coalesce(sales_per_day.net_sales_amount, 0)', 2) }} as net_sales_cents,
        coalesce(sales_per_day.selling_day_count, 0) as selling_day_count
    from days
    left join sales_per_day
        on sales_per_day.tenant_id = days.tenant_id
        and sales_per_day.ledger_date = coalesce(
            days.date_day - cast(days.shift_day_count as integer),
            {{ add_months('days.date_day', -12) }}
        )
),

days_summed as (
    select
        tenant_id,
        start_date,
        end_date,
        date_day,
        event_code,
        day_count,
        sum(net_sales_cents) over (
            partition by tenant_id, start_date, end_date order by date_day
            rows between unbounded preceding and current row
        ) as net_sales_cents_so_far,
        sum(net_sales_cents) over (partition by tenant_id, start_date, end_date)
            as net_sales_cents,
        sum(selling_day_count) over (partition by tenant_id, start_date, end_date)
            as selling_day_count
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
            else {{ integer_divide(
                'cast(date_day - start_date + 1 as ' ~ type_wide_integer() ~ ') * 100000000',
                'day_count',
            ) }}
        end as elapsed_parts
    from days_based
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(date_day as date) as date_day,

    -- attributes
    cast(
        case
            when not is_by_last_year then 'days'
            when event_code is null then 'last_year'
            else 'event'
        end as text
    ) as elapsed_basis,
    cast(case when is_by_last_year then event_code end as text) as elapsed_event_code,

    -- measures
    cast(
        {{ from_scaled('greatest(least(elapsed_parts, 100000000), 0)', 8) }}
        as numeric(9, 8)
    ) as elapsed_share
from days_shared
