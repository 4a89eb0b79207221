with

orders_numbered as (
    select
        tenant_id,
        person_id,
        order_id,
        row_number() over (
            partition by tenant_id, person_id
            order by ordered_at, order_id
        ) as order_of_person_number
    from {{ ref('int_sales__buyers_found') }}
    where is_counted and person_id is not null
)

select
    cast(tenant_id as bigint) as tenant_id,
    cast(person_id as bigint) as person_id,
    cast(order_id as bigint) as order_id
from orders_numbered
where order_of_person_number = 1
