with

lifetime_values as (
    select * from {{ source('facet_source', 'lifetime_values') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

persons_scored as (
    select * from {{ ref('int_customers__persons_scored') }}
)

select
    -- keys
    cast(lifetime_values.tenant_id as bigint) as tenant_id,
    cast(lifetime_values.person_id as bigint) as person_id,

    -- attributes
    cast(customers.customer_code as text) as customer_code,
    cast(customers.full_name as text) as full_name,
    cast(persons_scored.segment as text) as segment,

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
inner join tenants
    on tenants.tenant_id = lifetime_values.tenant_id
inner join persons_scored
    on persons_scored.tenant_id = lifetime_values.tenant_id
    and persons_scored.person_id = lifetime_values.person_id
    and persons_scored.scored_date = tenants.as_of_date - 1
