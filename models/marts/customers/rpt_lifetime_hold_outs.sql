with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

lifetime_hold_outs as (
    select * from {{ source('facet_source', 'lifetime_hold_outs') }}
)

select
    -- keys
    cast(lifetime_hold_outs.tenant_id as bigint) as tenant_id,
    cast(lifetime_hold_outs.repeat_order_count as integer) as repeat_order_count,

    -- measures
    cast(lifetime_hold_outs.person_count as integer) as person_count,
    cast(lifetime_hold_outs.expected_order_count as numeric(18, 4)) as expected_order_count,
    cast(lifetime_hold_outs.order_count as integer) as order_count,
    cast(lifetime_hold_outs.expected_margin_amount as numeric(18, 2)) as expected_margin_amount,
    cast(lifetime_hold_outs.margin_amount as numeric(18, 2)) as margin_amount
from lifetime_hold_outs
inner join tenants
    on tenants.tenant_id = lifetime_hold_outs.tenant_id
