{#-
    A person goes by code and name of the lowest of its customers that is not deleted, else of the
    lowest, and lives at the standard address of the first of them that has any. Name and city are
    personal: who may not see such finds them empty. Nothing of how to reach somebody is in a mart.
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

personal_addresses as (
    select * from {{ ref('stg_customers__personal_addresses') }}
    where deleted_at is null
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

addresses_ranked as (
    select
        customers_of_persons.tenant_id,
        customers_of_persons.person_id,
        nullif(upper(trim(personal_addresses.country_code)), '') as country_code,
        nullif(trim(personal_addresses.city), '') as city,
        row_number() over (
            partition by customers_of_persons.tenant_id, customers_of_persons.person_id
            order by
                customers_of_persons.customer_rank,
                case when personal_addresses.is_default then 0 else 1 end,
                personal_addresses.address_id
        ) as address_rank
    from customers_of_persons
    inner join personal_addresses
        on personal_addresses.tenant_id = customers_of_persons.tenant_id
        and personal_addresses.personal_key_id = customers_of_persons.personal_key_id
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
    cast(addresses_ranked.country_code as text) as country_code,
    cast(addresses_ranked.city as text) as city,

    -- measures
    cast(persons.customer_count as integer) as customer_count,
    cast(coalesce(orders_per_person.order_count, 0) as integer) as order_count,

    -- dates
    cast(orders_per_person.first_order_date as date) as first_order_date,
    cast(orders_per_person.last_order_date as date) as last_order_date,

    -- timestamps
    cast(persons.first_seen_at as timestamp with time zone) as first_seen_at
from persons
left join addresses_ranked
    on addresses_ranked.tenant_id = persons.tenant_id
    and addresses_ranked.person_id = persons.person_id
    and addresses_ranked.address_rank = 1
left join orders_per_person
    on orders_per_person.tenant_id = persons.tenant_id
    and orders_per_person.person_id = persons.person_id
