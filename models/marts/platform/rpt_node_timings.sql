with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

node_timings as (
    select * from {{ source('facet_source', 'node_timings') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(node_timings.node_name as text) as node_name,
    cast(node_timings.node_type as text) as node_type,

    -- measures
    cast(node_timings.run_count as integer) as run_count,
    cast(node_timings.mean_seconds as numeric(12, 3)) as mean_seconds,
    cast(node_timings.mean_seconds_before as numeric(12, 3)) as mean_seconds_before,
    cast(node_timings.longest_seconds as numeric(12, 3)) as longest_seconds
from tenants
cross join node_timings
