{%- set horizons = {
    'week': 'week_start_date',
    'month': 'month_start_date',
    'quarter': 'quarter_start_date',
    'fiscal_year': 'fiscal_year_start_date',
} -%}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

dates as (
    select * from {{ ref('dim_dates') }}
),

days_of_data as (
    select
        dates.*,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places
    from tenants
    inner join dates
        on dates.tenant_id = tenants.tenant_id
        and dates.date_day = tenants.as_of_date
),

periods_listed as (
    {% for horizon, start_date in horizons.items() -%}
    select
        days_of_data.tenant_id,
        '{{ horizon }}' as horizon,
        days_of_data.decimal_places,
        min(dates.date_day) as start_date,
        max(dates.date_day) as end_date
    from days_of_data
    inner join dates
        on dates.tenant_id = days_of_data.tenant_id
        and dates.{{ start_date }} = days_of_data.{{ start_date }}
    group by days_of_data.tenant_id, days_of_data.decimal_places
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor -%}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(horizon as text) as horizon,

    -- attributes
    cast(decimal_places as integer) as decimal_places,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from periods_listed
