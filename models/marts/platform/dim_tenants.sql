with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

settings as (
    select * from {{ ref('int_platform__settings_read') }}
),

snapshot as (
    select * from {{ source('facet_source', 'snapshot') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,

    -- attributes
    cast(tenants.name as text) as tenant_name,
    cast(tenants.slug as text) as slug,
    cast(tenants.status as text) as tenant_status,
    cast(tenants.timezone as text) as timezone,
    cast(tenants.currency_code as text) as currency_code,
    cast(tenants.locale as text) as locale,
    cast(tenants.return_dating as text) as return_dating,
    cast(tenants.week_start as integer) as week_start,
    cast(tenants.fiscal_year_start_month as integer) as fiscal_year_start_month,
    cast(settings.fiscal_year_label as text) as fiscal_year_label,
    cast(settings.calendar_type as text) as calendar_type,
    cast(settings.country_code as text) as country_code,

    -- flags
    cast(
        coalesce({{ json_text('tenants.metadata', 'is_demo') }} = 'true', false) as boolean
    ) as is_demo,

    -- dates
    cast({{ local_date('snapshot.taken_at', 'tenants.timezone') }} as date) as as_of_date
from tenants
inner join settings
    on settings.tenant_id = tenants.tenant_id
cross join snapshot
