{#-
    From the year before a tenant's first day to the end of the year after its last, so that every
    fact, every comparison and every forecast finds its day.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

days_spanned as (
    select * from {{ ref('int_platform__days_spanned') }}
),

spans as (
    select
        tenants.tenant_id,
        tenants.week_start,
        tenants.fiscal_year_start_month,
        tenants.fiscal_year_label,
        tenants.calendar_type = 'retail_454' as is_retail,
        days_spanned.first_date,
        days_spanned.last_date
    from tenants
    inner join days_spanned
        on days_spanned.tenant_id = tenants.tenant_id
),

days as (
    select
        tenant_id,
        week_start,
        fiscal_year_start_month,
        fiscal_year_label,
        is_retail,
        cast(
            {{ each_day(
                add_months(first_of_period('year', 'first_date'), -12),
                add_months(first_of_period('year', 'last_date'), 24) ~ ' - 1',
            ) }} as date
        ) as date_day
    from spans
),

{#-
    a retail year begins up to three days before its month does: what the day in three days belongs
    to
-#}
days_begun as (
    select
        days.*,
        cast(extract(isodow from date_day) as integer) as day_of_week,
        {{ first_of_fiscal('year', 'date_day') }} as fiscal_year_begin_date,
        {{ first_of_fiscal('quarter', 'date_day') }} as fiscal_quarter_begin_date,
        {{ first_of_fiscal('year', 'date_day + 3') }} as nominal_begin_date
    from days
),

days_of_retail as (
    select
        days_begun.*,
        case
            when date_day >= {{ nearest_weekday('nominal_begin_date', 'week_start') }}
                then {{ nearest_weekday('nominal_begin_date', 'week_start') }}
            else {{ nearest_weekday(add_months('nominal_begin_date', -12), 'week_start') }}
        end as retail_year_begin_date
    from days_begun
),

days_of_weeks as (
    select
        days_of_retail.*,
        {{ integer_divide('date_day - retail_year_begin_date', '7') }} as week_index,
        {{ integer_divide('date_day - retail_year_begin_date', '91') }} as quarter_index
    from days_of_retail
),

{#- months of 4, 5 and 4 weeks; week 53 belongs to the last -#}
days_of_months as (
    select
        days_of_weeks.*,
        least(quarter_index, 3) as retail_quarter_index,
        case
            when week_index - 13 * least(quarter_index, 3) < 4 then 0
            when week_index - 13 * least(quarter_index, 3) < 9 then 1
            else 2
        end as month_index
    from days_of_weeks
),

days_by_phase as (
    select
        days_of_months.*,
        case when is_retail then retail_year_begin_date else fiscal_year_begin_date end
            as fiscal_year_start_date,
        case
            when is_retail
                then retail_year_begin_date + cast(91 * retail_quarter_index as integer)
            else fiscal_quarter_begin_date
        end as fiscal_quarter_start_date,
        case
            when is_retail
                then retail_year_begin_date
                    + cast(91 * retail_quarter_index as integer)
                    + case month_index when 0 then 0 when 1 then 28 else 63 end
            else {{ first_of_period('month', 'date_day') }}
        end as fiscal_month_start_date,
        case
            when is_retail then 3 * retail_quarter_index + month_index + 1
            else
                (cast(extract(month from date_day) as integer) - fiscal_year_start_month + 12)
                % 12 + 1
        end as fiscal_month_number,
        case when is_retail then week_index + 1 end as retail_week_number,
        cast(extract(year from
            case when is_retail then retail_year_begin_date + 3 else fiscal_year_begin_date end
        ) as integer) as first_year
    from days_of_months
),

days_named as (
    select
        days_by_phase.*,
        case when fiscal_year_start_month = 1 then first_year else first_year + 1 end as last_year
    from days_by_phase
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(date_day as date) as date_day,

    -- attributes
    cast(day_of_week as integer) as day_of_week,
    cast(retail_week_number as integer) as retail_week_number,
    cast(fiscal_month_number as integer) as fiscal_month_number,
    cast(case when fiscal_year_label = 'last' then last_year else first_year end as integer)
        as fiscal_year,
    cast(
        case
            when fiscal_year_label = 'last' or first_year = last_year then cast(last_year as text)
            when fiscal_year_label = 'both'
                then cast(first_year as text) || '/' || right(cast(last_year as text), 2)
            else cast(first_year as text)
        end as text
    ) as fiscal_year_name,

    -- dates
    cast(date_day - (day_of_week - week_start + 7) % 7 as date) as week_start_date,
    cast({{ first_of_period('month', 'date_day') }} as date) as month_start_date,
    cast({{ first_of_period('quarter', 'date_day') }} as date) as quarter_start_date,
    cast({{ first_of_period('year', 'date_day') }} as date) as year_start_date,
    cast(fiscal_month_start_date as date) as fiscal_month_start_date,
    cast(fiscal_quarter_start_date as date) as fiscal_quarter_start_date,
    cast(fiscal_year_start_date as date) as fiscal_year_start_date
from days_named
