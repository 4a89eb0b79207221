with

lifetime_values as (
    select * from {{ source('facet_source', 'lifetime_values') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
)

select
    -- keys
    cast(lifetime_values.tenant_id as bigint) as tenant_id,
    cast(lifetime_values.person_id as bigint) as person_id,

    -- measures
    cast(lifetime_values.alive_rate as numeric(9, 6)) as alive_rate,
    cast(lifetime_values.expected_order_count as numeric(12, 4)) as expected_order_count,
    cast(lifetime_values.expected_margin_amount as numeric(18, 2)) as expected_margin_amount,
    cast(lifetime_values.lower_margin_amount as numeric(18, 2)) as lower_margin_amount,
    cast(lifetime_values.upper_margin_amount as numeric(18, 2)) as upper_margin_amount
from lifetime_values
inner join customers
    on customers.tenant_id = lifetime_values.tenant_id
    and customers.person_id = lifetime_values.person_id
