with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

table_references as (
    select * from {{ source('facet_source', 'table_references') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(table_references.table_name as text) as table_name,
    cast(table_references.column_names as text) as column_names,
    cast(table_references.target_table as text) as target_table,

    -- flags
    cast(table_references.is_declared as boolean) as is_declared
from tenants
cross join table_references
