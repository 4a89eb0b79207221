{#-
    From the year before a tenant's first event to the end of the year after its last, so that every
    comparison and every forecast finds its day. A tenant without events gets the years around its start.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

days_of_events as (
    select
        tenant_id,
        min(order_date) as first_date,
        greatest(max(order_date), max(event_date)) as last_date
    from sales_ledger
    group by tenant_id
),

spans as (
    select
        tenants.tenant_id,
        tenants.week_start,
        tenants.fiscal_year_start_month,
        coalesce(
            days_of_events.first_date,
            {{ local_date('tenants.created_at', 'tenants.timezone') }}
        ) as first_date,
        coalesce(
            days_of_events.last_date,
            {{ local_date('tenants.created_at', 'tenants.timezone') }}
        ) as last_date
    from tenants
    left join days_of_events
        on days_of_events.tenant_id = tenants.tenant_id
),

days as (
    select
        tenant_id,
        week_start,
        fiscal_year_start_month,
        cast(
            {{ each_day(
                add_months(first_of_period('year', 'first_date'), -12),
                add_months(first_of_period('year', 'last_date'), 24) ~ ' - 1',
            ) }} as date
        ) as date_day
    from spans
),

days_placed as (
    select
        tenant_id,
        date_day,
        cast(extract(isodow from date_day) as integer) as day_of_week,
        week_start,
        fiscal_year_start_month,
        {{ add_months(
            first_of_period('year', add_months('date_day', '1 - fiscal_year_start_month')),
            'fiscal_year_start_month - 1',
        ) }} as fiscal_year_start_date,
        {{ add_months(
            first_of_period('quarter', add_months('date_day', '1 - fiscal_year_start_month')),
            'fiscal_year_start_month - 1',
        ) }} as fiscal_quarter_start_date
    from days
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(date_day as date) as date_day,

    -- attributes
    cast(day_of_week as integer) as day_of_week,
    cast(
        (cast(extract(month from date_day) as integer) - fiscal_year_start_month + 12) % 12 + 1
        as integer
    ) as fiscal_month_number,
    cast(extract(year from fiscal_year_start_date) as integer) as fiscal_year,

    -- dates
    cast(date_day - (day_of_week - week_start + 7) % 7 as date) as week_start_date,
    cast({{ first_of_period('month', 'date_day') }} as date) as month_start_date,
    cast({{ first_of_period('quarter', 'date_day') }} as date) as quarter_start_date,
    cast({{ first_of_period('year', 'date_day') }} as date) as year_start_date,
    cast(fiscal_quarter_start_date as date) as fiscal_quarter_start_date,
    cast(fiscal_year_start_date as date) as fiscal_year_start_date
from days_placed
