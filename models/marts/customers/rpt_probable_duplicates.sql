{#-
    Customers that are not merged and share a telephone number or an e-mail. What they share never
    leaves this statement: only who they are does. What more than five share is a shop's own.
-#}
with

personal_keys as (
    select * from {{ ref('stg_customers__personal_keys') }}
    where deleted_at is null
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

handles as (
    select tenant_id, personal_key_id, 'email' as handle_type, lower(trim(email)) as handle
    from personal_keys
    where email like '%@%'
    union all
    select
        tenant_id,
        personal_key_id,
        'phone' as handle_type,
        translate(phone, ' -.()', '') as handle
    from personal_keys
    where length(phone) >= 7
),

handles_of_persons as (
    select distinct
        handles.tenant_id,
        handles.handle_type,
        handles.handle,
        keys_matched.person_id
    from handles
    inner join keys_matched
        on keys_matched.tenant_id = handles.tenant_id
        and keys_matched.personal_key_id = handles.personal_key_id
),

handles_shared as (
    select tenant_id, handle_type, handle, min(person_id) as first_person_id
    from handles_of_persons
    group by tenant_id, handle_type, handle
    having count(*) between 2 and 5
),

pairs as (
    select
        handles_shared.tenant_id,
        handles_shared.first_person_id as person_id,
        handles_of_persons.person_id as other_person_id,
        max(case when handles_shared.handle_type = 'phone' then 1 else 0 end) = 1 as has_same_phone,
        max(case when handles_shared.handle_type = 'email' then 1 else 0 end) = 1 as has_same_email
    from handles_shared
    inner join handles_of_persons
        on handles_of_persons.tenant_id = handles_shared.tenant_id
        and handles_of_persons.handle_type = handles_shared.handle_type
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
    cast(pairs.has_same_phone as boolean) as has_same_phone,
    cast(pairs.has_same_email as boolean) as has_same_email
from pairs
inner join customers
    on customers.tenant_id = pairs.tenant_id
    and customers.person_id = pairs.person_id
inner join customers as others
    on others.tenant_id = pairs.tenant_id
    and others.person_id = pairs.other_person_id
