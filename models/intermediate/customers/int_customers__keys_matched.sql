{#- Personal keys as the persons whose customers have them; a key of a mere lead is nobody's. -#}
with

customers as (
    select * from {{ ref('stg_customers__customers') }}
    where personal_key_id is not null
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
)

select
    -- keys
    cast(customers.tenant_id as bigint) as tenant_id,
    cast(customers.personal_key_id as integer) as personal_key_id,
    cast(min(customers_merged.person_id) as bigint) as person_id
from customers
inner join customers_merged
    on customers_merged.tenant_id = customers.tenant_id
    and customers_merged.customer_id = customers.customer_id
group by customers.tenant_id, customers.personal_key_id
