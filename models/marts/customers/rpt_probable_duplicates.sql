{#-
    Persons who are not merged and share a handle (definitions.md, Customers). What they share never
    leaves this statement: only who they are does.
-#}
with

handles_of_persons as (
    select * from {{ ref('int_customers__handles_gathered') }}
    where not is_of_many
),

customers as (
    select * from {{ ref('dim_customers') }}
),

handles_shared as (
    select tenant_id, contact_type, handle, min(person_id) as first_person_id
    from handles_of_persons
    group by tenant_id, contact_type, handle
    having count(*) > 1
),

pairs as (
    select
        handles_shared.tenant_id,
        handles_shared.first_person_id as person_id,
        handles_of_persons.person_id as other_person_id,
        max(case when handles_shared.contact_type = 'phone' then 1 else 0 end) as phone_count,
        max(case when handles_shared.contact_type = 'email' then 1 else 0 end) as email_count,
        max(
            case when handles_shared.contact_type in ('phone', 'email') then 0 else 1 end
        ) as account_count
    from handles_shared
    inner join handles_of_persons
        on handles_of_persons.tenant_id = handles_shared.tenant_id
        and handles_of_persons.contact_type = handles_shared.contact_type
        and handles_of_persons.handle = handles_shared.handle
        and handles_of_persons.person_id > handles_shared.first_person_id
    group by
        handles_shared.tenant_id,
        handles_shared.first_person_id,
        handles_of_persons.person_id
)

select
    -- keys
    cast(pairs.tenant_id as bigint) as tenant_id,
    cast(pairs.person_id as bigint) as person_id,
    cast(pairs.other_person_id as bigint) as other_person_id,

    -- attributes
    cast(customers.customer_code as text) as customer_code,
    cast(others.customer_code as text) as other_customer_code,

    -- measures
    cast(customers.order_count as integer) as order_count,
    cast(others.order_count as integer) as other_order_count,

    -- flags
    cast(pairs.phone_count = 1 as boolean) as has_same_phone,
    cast(pairs.email_count = 1 as boolean) as has_same_email,
    cast(pairs.account_count = 1 as boolean) as has_same_account
from pairs
inner join customers
    on customers.tenant_id = pairs.tenant_id
    and customers.person_id = pairs.person_id
inner join customers as others
    on others.tenant_id = pairs.tenant_id
    and others.person_id = pairs.other_person_id
