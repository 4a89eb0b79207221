{#-
    Two customers are one person when a merge, followed to the end, or a shared personal key ties
    them (definitions.md, New and repeat orders). The key is folded first: a key that thousands of
    walk-ins share is one node then, and only merged customers are walked. The recursion stands
    inside a CTE, because dbt puts the inputs of a unit test before the first `with`.
-#}
with

customers as (
    select * from {{ ref('stg_customers__customers') }}
),

customer_merge_logs as (
    select * from {{ ref('stg_customers__customer_merge_logs') }}
),

customers_keyed as (
    select
        tenant_id,
        customer_id,
        personal_key_id,
        min(customer_id) over (
            partition by tenant_id, coalesce(personal_key_id, -customer_id)
        ) as key_customer_id
    from customers
),

merges_keyed as (
    select distinct
        customer_merge_logs.tenant_id,
        merged.key_customer_id as from_customer_id,
        surviving.key_customer_id as into_customer_id
    from customer_merge_logs
    inner join customers_keyed as merged
        on merged.tenant_id = customer_merge_logs.tenant_id
        and merged.customer_id = customer_merge_logs.from_customer_id
    inner join customers_keyed as surviving
        on surviving.tenant_id = customer_merge_logs.tenant_id
        and surviving.customer_id = customer_merge_logs.into_customer_id
    where merged.key_customer_id <> surviving.key_customer_id
),

ties as (
    select tenant_id, from_customer_id as customer_id, into_customer_id as tied_customer_id
    from merges_keyed
    union
    select tenant_id, into_customer_id as customer_id, from_customer_id as tied_customer_id
    from merges_keyed
),

reached as (
    with recursive steps as (
        select tenant_id, customer_id, customer_id as reached_customer_id
        from ties
        union
        select steps.tenant_id, steps.customer_id, ties.tied_customer_id as reached_customer_id
        from steps
        inner join ties
            on ties.tenant_id = steps.tenant_id
            and ties.customer_id = steps.reached_customer_id
    )

    select * from steps
),

persons_of_ties as (
    select tenant_id, customer_id, min(reached_customer_id) as person_id
    from reached
    group by tenant_id, customer_id
)

select
    cast(customers_keyed.tenant_id as bigint) as tenant_id,
    cast(customers_keyed.customer_id as bigint) as customer_id,
    cast(customers_keyed.personal_key_id as bigint) as personal_key_id,
    cast(
        coalesce(persons_of_ties.person_id, customers_keyed.key_customer_id) as bigint
    ) as person_id
from customers_keyed
left join persons_of_ties
    on persons_of_ties.tenant_id = customers_keyed.tenant_id
    and persons_of_ties.customer_id = customers_keyed.key_customer_id
