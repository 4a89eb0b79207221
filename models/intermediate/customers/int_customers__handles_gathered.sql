{#-
    What persons are reached by: numbers and e-mails of their personal keys, and their contacts, each
    handle of a person once (definitions.md, Customers). A view: whoever is erased from the copy is
    gone from here, and no mart has a handle.
-#}
with

personal_keys as (
    select * from {{ ref('stg_customers__personal_keys') }}
),

personal_contacts as (
    select * from {{ ref('stg_customers__personal_contacts') }}
),

sms_contacts as (
    select * from {{ ref('stg_sms__contacts') }}
    where is_opted_out
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

handles_recorded as (
    {% for type in ['phone', 'email'] -%}
    select
        tenant_id,
        personal_key_id,
        '{{ type }}' as contact_type,
        {{ type }} as handle,
        false as is_verified,
        false as is_opted_out,
        deleted_at is null as is_standing
    from personal_keys
    union all
    {% endfor -%}
    select
        personal_contacts.tenant_id,
        personal_contacts.personal_key_id,
        personal_contacts.contact_type,
        personal_contacts.handle,
        coalesce(personal_contacts.is_verified, false) as is_verified,
        personal_contacts.opted_out_at is not null as is_opted_out,
        personal_contacts.deleted_at is null and personal_keys.deleted_at is null as is_standing
    from personal_contacts
    inner join personal_keys
        on personal_keys.tenant_id = personal_contacts.tenant_id
        and personal_keys.personal_key_id = personal_contacts.personal_key_id
),

handles_spelt as (
    select
        tenant_id,
        personal_key_id,
        contact_type,
        case
            when contact_type = 'phone' then translate(handle, ' -.()', '')
            else lower(trim(handle))
        end as handle,
        is_verified,
        is_opted_out,
        is_standing
    from handles_recorded
    where case contact_type
        when 'phone' then length(handle) >= 7
        when 'email' then handle like '%@%'
        else trim(handle) <> ''
    end
),

numbers_opted_out as (
    select distinct
        tenant_id,
        'phone' as contact_type,
        translate(phone_number, ' -.()', '') as handle
    from sms_contacts
),

handles_of_persons as (
    select
        handles_spelt.tenant_id,
        keys_matched.person_id,
        handles_spelt.contact_type,
        handles_spelt.handle,
        max(
            case when handles_spelt.is_verified and handles_spelt.is_standing then 1 else 0 end
        ) as verified_count,
        max(case when handles_spelt.is_opted_out then 1 else 0 end) as opted_out_count
    from handles_spelt
    inner join keys_matched
        on keys_matched.tenant_id = handles_spelt.tenant_id
        and keys_matched.personal_key_id = handles_spelt.personal_key_id
    group by
        handles_spelt.tenant_id,
        keys_matched.person_id,
        handles_spelt.contact_type,
        handles_spelt.handle
    having count(case when handles_spelt.is_standing then 1 end) > 0
)

select
    -- keys
    cast(handles_of_persons.tenant_id as bigint) as tenant_id,
    cast(handles_of_persons.person_id as bigint) as person_id,
    cast(handles_of_persons.contact_type as text) as contact_type,
    cast(handles_of_persons.handle as text) as handle,

    -- flags
    cast(handles_of_persons.verified_count = 1 as boolean) as is_verified,
    cast(
        handles_of_persons.opted_out_count = 1 or numbers_opted_out.handle is not null as boolean
    ) as is_opted_out,
    cast(
        count(*) over (
            partition by
                handles_of_persons.tenant_id,
                handles_of_persons.contact_type,
                handles_of_persons.handle
        ) > 5 as boolean
    ) as is_of_many
from handles_of_persons
left join numbers_opted_out
    on numbers_opted_out.tenant_id = handles_of_persons.tenant_id
    and numbers_opted_out.contact_type = handles_of_persons.contact_type
    and numbers_opted_out.handle = handles_of_persons.handle
