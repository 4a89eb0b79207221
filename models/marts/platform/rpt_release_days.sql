with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

tenant_days as (
    select * from {{ source('facet_source', 'tenant_days') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(tenant_days.data_date as date) as data_date,

    -- measures
    cast(tenant_days.row_count as bigint) as row_count,
    cast(tenant_days.size_bytes as bigint) as size_bytes
from tenants
inner join tenant_days
    on tenant_days.tenant_id = tenants.tenant_id
