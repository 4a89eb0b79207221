with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

forecast_days as (
    select * from {{ source('facet_source', 'forecast_days') }}
)

select
    -- keys
    cast(forecast_days.tenant_id as bigint) as tenant_id,
    cast(forecast_days.forecast_metric as text) as forecast_metric,
    cast(forecast_days.date_day as date) as date_day,

    -- measures
    cast(forecast_days.expected_value as numeric(18, 2)) as expected_value,
    cast(forecast_days.lower_value as numeric(18, 2)) as lower_value,
    cast(forecast_days.upper_value as numeric(18, 2)) as upper_value,

    -- dates
    cast(forecast_days.forecast_date as date) as forecast_date
from forecast_days
inner join tenants
    on tenants.tenant_id = forecast_days.tenant_id
