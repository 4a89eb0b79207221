with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

forecast_back_tests as (
    select * from {{ source('facet_source', 'forecast_back_tests') }}
)

select
    -- keys
    cast(forecast_back_tests.tenant_id as bigint) as tenant_id,
    cast(forecast_back_tests.forecast_metric as text) as forecast_metric,
    cast(forecast_back_tests.horizon as text) as horizon,

    -- measures
    cast(forecast_back_tests.end_date - forecast_back_tests.forecast_date as integer) as day_count,
    cast(coalesce(forecast_back_tests.window_count, 0) as integer) as window_count,
    cast(forecast_back_tests.missed_value as numeric(18, 2)) as missed_value,
    cast(forecast_back_tests.naive_missed_value as numeric(18, 2)) as naive_missed_value,
    cast(forecast_back_tests.seasonal_missed_value as numeric(18, 2)) as seasonal_missed_value,
    cast(coalesce(forecast_back_tests.judged_window_count, 0) as integer) as judged_window_count,
    cast(coalesce(forecast_back_tests.covered_window_count, 0) as integer)
        as covered_window_count,
    {{ share(
        'forecast_back_tests.covered_window_count', 'forecast_back_tests.judged_window_count'
    ) }} as coverage_rate,

    -- dates
    cast(forecast_back_tests.forecast_date as date) as forecast_date
from forecast_back_tests
inner join tenants
    on tenants.tenant_id = forecast_back_tests.tenant_id
