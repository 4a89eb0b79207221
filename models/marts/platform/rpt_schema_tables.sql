with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

operational_tables as (
    select * from {{ ref('operational_tables') }}
),

tables_found as (
    select * from {{ source('facet_source', 'tables') }}
),

table_months as (
    select * from {{ source('facet_source', 'table_months') }}
),

rows_per_table as (
    select tenant_id, table_name, sum(row_count) as row_count
    from table_months
    where tenant_id is not null
    group by tenant_id, table_name
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(lower(operational_tables.table_name) as text) as table_name,

    -- attributes
    cast(operational_tables.domain as text) as domain,
    cast(operational_tables.description as text) as table_description,

    -- measures
    cast(coalesce(rows_per_table.row_count, 0) as bigint) as row_count,

    -- flags
    cast(tables_found.table_name is not null as boolean) as is_found,

    -- dates
    cast(tables_found.partition_date as date) as partition_date
from tenants
cross join operational_tables
left join tables_found
    on tables_found.table_name = lower(operational_tables.table_name)
left join rows_per_table
    on rows_per_table.tenant_id = tenants.tenant_id
    and rows_per_table.table_name = lower(operational_tables.table_name)
