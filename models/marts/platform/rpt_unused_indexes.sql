with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

indexes as (
    select * from {{ source('facet_source', 'indexes') }}
    where scan_count = 0
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(indexes.index_name as text) as index_name,

    -- attributes
    cast(indexes.table_name as text) as table_name,
    cast(indexes.definition as text) as definition,

    -- measures
    cast(indexes.size_bytes as bigint) as size_bytes,

    -- flags
    cast(indexes.serves_reference as boolean) as is_for_reference,

    -- dates
    cast(indexes.counted_since_date as date) as counted_since_date
from tenants
cross join indexes
