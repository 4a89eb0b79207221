with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

periods_begun as (
    select * from {{ ref('int_sales__periods_begun') }}
),

days_totalled as (
    select * from {{ ref('int_sales__days_totalled') }}
),

forecast_back_tests as (
    select * from {{ source('facet_source', 'forecast_back_tests') }}
),

forecast_days as (
    select * from {{ source('facet_source', 'forecast_days') }}
),

days_counted as (
    select
        tenants.tenant_id,
        count(days_totalled.date_day) as day_count,
        count(case when days_totalled.order_count > 0 then 1 end) as order_day_count
    from tenants
    left join days_totalled
        on days_totalled.tenant_id = tenants.tenant_id
    group by tenants.tenant_id
),

forecasts as (
    {% for metric in ['net_sales', 'orders'] -%}
    select
        periods_begun.tenant_id,
        '{{ metric }}' as forecast_metric,
        periods_begun.horizon,
        periods_begun.start_date,
        periods_begun.end_date,
        days_counted.day_count,
        days_counted.order_day_count
    from periods_begun
    inner join days_counted
        on days_counted.tenant_id = periods_begun.tenant_id
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor -%}
),

{#- a period that has begun since the last fit waits for the next one -#}
forecasts_tested as (
    select
        forecasts.*,
        forecast_back_tests.forecast_date,
        case
            when forecast_back_tests.status is not null then forecast_back_tests.status
            when forecasts.day_count < 400 then 'too_short'
            when forecasts.order_day_count < 200 then 'too_few_order_days'
            else 'not_yet'
        end as forecast_status
    from forecasts
    left join forecast_back_tests
        on forecast_back_tests.tenant_id = forecasts.tenant_id
        and forecast_back_tests.forecast_metric = forecasts.forecast_metric
        and forecast_back_tests.horizon = forecasts.horizon
        and forecast_back_tests.end_date = forecasts.end_date
),

{#- sums up to each day: a period's is the difference of two, which are had by their days alone -#}
days_running as (
    select
        tenant_id,
        date_day,
        sum(net_sales_amount) over (
            partition by tenant_id order by date_day rows unbounded preceding
        ) as net_sales_amount,
        sum(order_count) over (
            partition by tenant_id order by date_day rows unbounded preceding
        ) as order_count
    from days_totalled
),

forecasts_shown as (
    select
        forecasts_tested.*,
        case
            when forecasts_tested.forecast_metric = 'orders'
                then coalesce(days_so_far.order_count, 0) - coalesce(days_before.order_count, 0)
            else
                coalesce(days_so_far.net_sales_amount, 0)
                - coalesce(days_before.net_sales_amount, 0)
        end as actual_value,
        case when forecasts_tested.forecast_status = 'shown' then forecast_days.expected_value end
            as expected_value,
        case when forecasts_tested.forecast_status = 'shown' then forecast_days.lower_value end
            as lower_value,
        case when forecasts_tested.forecast_status = 'shown' then forecast_days.upper_value end
            as upper_value
    from forecasts_tested
    left join days_running as days_so_far
        on days_so_far.tenant_id = forecasts_tested.tenant_id
        and days_so_far.date_day = forecasts_tested.forecast_date
    left join days_running as days_before
        on days_before.tenant_id = forecasts_tested.tenant_id
        and days_before.date_day = forecasts_tested.start_date - 1
    left join forecast_days
        on forecast_days.tenant_id = forecasts_tested.tenant_id
        and forecast_days.forecast_metric = forecasts_tested.forecast_metric
        and forecast_days.date_day = forecasts_tested.end_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(forecast_metric as text) as forecast_metric,
    cast(horizon as text) as horizon,

    -- attributes
    cast(forecast_status as text) as forecast_status,

    -- measures
    cast(day_count as integer) as day_count,
    cast(order_day_count as integer) as order_day_count,
    cast(case when forecast_date is not null then actual_value end as numeric(18, 2))
        as actual_to_date_value,
    cast(expected_value as numeric(18, 2)) as rest_value,
    cast(actual_value + expected_value as numeric(18, 2)) as forecast_value,
    cast(actual_value + lower_value as numeric(18, 2)) as lower_value,
    cast(actual_value + upper_value as numeric(18, 2)) as upper_value,
    cast(0.9 as numeric(9, 6)) as interval_rate,

    -- flags
    cast(forecast_status = 'shown' as boolean) as is_shown,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(forecast_date as date) as forecast_date
from forecasts_shown
