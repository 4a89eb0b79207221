with

orders as (
    select * from {{ ref('stg_orders__orders') }}
    where deleted_at is null and not is_test
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
)

select
    -- keys
    cast(orders.tenant_id as bigint) as tenant_id,
    cast(orders.order_id as bigint) as order_id,
    cast(customers_merged.person_id as bigint) as person_id,

    -- flags
    cast(orders.status not in ('draft', 'cancelled') as boolean) as is_counted,

    -- timestamps
    cast(orders.ordered_at as timestamp with time zone) as ordered_at
from orders
left join customers_merged
    on customers_merged.tenant_id = orders.tenant_id
    and customers_merged.customer_id = orders.customer_id
