{#-
    Persons written to by a batch of re-engagement, and those of the same moment who were not, by
    any batch, with what they bought in its 28 days.
-#}
with

batches as (
    select * from {{ ref('int_customers__batches_begun') }}
    where is_looked_at
),

members as (
    select * from {{ ref('stg_customers__reengage_personal_keys') }}
    where contacted_at is not null
),

customers as (
    select * from {{ ref('stg_customers__customers') }}
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

persons_scored as (
    select * from {{ ref('int_customers__persons_scored') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

persons_of_keys as (
    select distinct
        customers.tenant_id,
        customers.personal_key_id,
        customers_merged.person_id
    from customers
    inner join customers_merged
        on customers_merged.tenant_id = customers.tenant_id
        and customers_merged.customer_id = customers.customer_id
    where customers.personal_key_id is not null
),

contacts as (
    select
        members.tenant_id,
        members.reengaged_batch_id,
        persons_of_keys.person_id,
        min({{ local_date('members.contacted_at', 'tenants.timezone') }}) as contact_date
    from members
    inner join persons_of_keys
        on persons_of_keys.tenant_id = members.tenant_id
        and persons_of_keys.personal_key_id = members.personal_key_id
    inner join tenants
        on tenants.tenant_id = members.tenant_id
    group by members.tenant_id, members.reengaged_batch_id, persons_of_keys.person_id
),

persons_contacted as (
    select
        batches.tenant_id,
        batches.reengaged_batch_id,
        contacts.person_id,
        max(
            case when contacts.reengaged_batch_id = batches.reengaged_batch_id then 1 else 0 end
        ) as contact_count
    from batches
    inner join contacts
        on contacts.tenant_id = batches.tenant_id
        and (
            contacts.reengaged_batch_id = batches.reengaged_batch_id
            or contacts.contact_date between batches.start_date - 28 and batches.end_date
        )
    group by batches.tenant_id, batches.reengaged_batch_id, contacts.person_id
),

sales_per_person as (
    select
        batches.tenant_id,
        batches.reengaged_batch_id,
        orders.person_id,
        sum(orders.net_sales_amount) as net_sales_amount
    from batches
    inner join orders
        on orders.tenant_id = batches.tenant_id
        and orders.order_date between batches.start_date and batches.end_date
    where orders.person_id is not null
    group by batches.tenant_id, batches.reengaged_batch_id, orders.person_id
)

select
    -- keys
    cast(batches.tenant_id as bigint) as tenant_id,
    cast(batches.reengaged_batch_id as bigint) as reengaged_batch_id,
    cast(persons_scored.person_id as bigint) as person_id,

    -- attributes
    cast(persons_scored.segment as text) as segment,
    cast(coalesce(persons_scored.recency_score, 0) as integer) as recency_score,

    -- measures
    cast(coalesce(sales_per_person.net_sales_amount, 0) as numeric(18, 2)) as net_sales_amount,

    -- flags
    cast(coalesce(persons_contacted.contact_count, 0) = 1 as boolean) as was_contacted
from batches
inner join persons_scored
    on persons_scored.tenant_id = batches.tenant_id
    and persons_scored.scored_date = batches.start_date - 1
left join persons_contacted
    on persons_contacted.tenant_id = batches.tenant_id
    and persons_contacted.reengaged_batch_id = batches.reengaged_batch_id
    and persons_contacted.person_id = persons_scored.person_id
left join sales_per_person
    on sales_per_person.tenant_id = batches.tenant_id
    and sales_per_person.reengaged_batch_id = batches.reengaged_batch_id
    and sales_per_person.person_id = persons_scored.person_id
where coalesce(persons_contacted.contact_count, 1) = 1
