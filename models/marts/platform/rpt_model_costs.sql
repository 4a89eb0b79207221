with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

model_costs as (
    select * from {{ source('facet_source', 'model_costs') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(model_costs.model_name as text) as model_name,

    -- measures
    cast(model_costs.build_seconds as numeric(9, 3)) as build_seconds
from tenants
cross join model_costs
