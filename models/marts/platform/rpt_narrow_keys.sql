with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

narrow_keys as (
    select * from {{ source('facet_source', 'narrow_keys') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(narrow_keys.table_name as text) as table_name,

    -- attributes
    cast(narrow_keys.column_name as text) as column_name,
    cast(narrow_keys.data_type as text) as data_type,

    -- measures
    cast(narrow_keys.used_rate as numeric(9, 6)) as used_rate,

    -- dates
    cast(narrow_keys.full_date as date) as full_date
from tenants
cross join narrow_keys
