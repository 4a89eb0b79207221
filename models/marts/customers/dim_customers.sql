{#-
    A person goes by code and name of the lowest of its customers that is not deleted, else of the
    lowest. The name is the only thing personal that a mart has: who may not see it finds it empty.
-#}
with

customers as (
    select * from {{ ref('stg_customers__customers') }}
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

personal_keys as (
    select * from {{ ref('stg_customers__personal_keys') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

customers_of_persons as (
    select
        customers.*,
        personal_keys.full_name,
        customers_merged.person_id,
        row_number() over (
            partition by customers.tenant_id, customers_merged.person_id
            order by
                case when customers.deleted_at is null then 0 else 1 end,
                customers.customer_id
        ) as customer_rank
    from customers
    inner join customers_merged
        on customers_merged.tenant_id = customers.tenant_id
        and customers_merged.customer_id = customers.customer_id
    left join personal_keys
        on personal_keys.tenant_id = customers.tenant_id
        and personal_keys.personal_key_id = customers.personal_key_id
),

persons as (
    select
        tenant_id,
        person_id,
        count(*) as customer_count,
        min(first_seen_at) as first_seen_at,
        max(case when customer_rank = 1 then customer_code end) as customer_code,
        max(case when customer_rank = 1 then customer_type end) as customer_type,
        max(case when customer_rank = 1 then full_name end) as full_name
    from customers_of_persons
    group by tenant_id, person_id
),

orders_per_person as (
    select
        tenant_id,
        person_id,
        count(*) as order_count,
        min(order_date) as first_order_date,
        max(order_date) as last_order_date
    from orders_counted
    where person_id is not null
    group by tenant_id, person_id
)

select
    -- keys
    cast(persons.tenant_id as bigint) as tenant_id,
    cast(persons.person_id as bigint) as person_id,

    -- attributes
    cast(persons.customer_code as text) as customer_code,
    cast(persons.customer_type as text) as customer_type,
    cast(persons.full_name as text) as full_name,

    -- measures
    cast(persons.customer_count as integer) as customer_count,
    cast(coalesce(orders_per_person.order_count, 0) as integer) as order_count,

    -- dates
    cast(orders_per_person.first_order_date as date) as first_order_date,
    cast(orders_per_person.last_order_date as date) as last_order_date,

    -- timestamps
    cast(persons.first_seen_at as timestamp with time zone) as first_seen_at
from persons
left join orders_per_person
    on orders_per_person.tenant_id = persons.tenant_id
    and orders_per_person.person_id = persons.person_id
