with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(name as text) as tenant_name,
    cast(slug as text) as slug,
    cast(status as text) as tenant_status,
    cast(timezone as text) as timezone,
    cast(currency_code as text) as currency_code,
    cast(locale as text) as locale,
    cast(return_dating as text) as return_dating,
    cast(week_start as integer) as week_start,
    cast(fiscal_year_start_month as integer) as fiscal_year_start_month,

    -- flags
    cast(coalesce({{ json_text('metadata', 'is_demo') }} = 'true', false) as boolean) as is_demo
from tenants
