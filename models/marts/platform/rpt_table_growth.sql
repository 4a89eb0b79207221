with

table_months as (
    select * from {{ source('facet_source', 'table_months') }}
    where tenant_id in (select tenant_id from {{ ref('stg_system__tenants') }})
        and {{ plausible_date('month_start_date') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(table_name as text) as table_name,
    cast(month_start_date as date) as month_start_date,

    -- measures
    cast(row_count as bigint) as added_row_count,
    cast(
        sum(row_count) over (
            partition by tenant_id, table_name order by month_start_date
        ) as bigint
    ) as row_count
from table_months
