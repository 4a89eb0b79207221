-- How the batch's people are reached, and what is known of them.

insert into crm_personal_contacts (
    id, tenant_id, personal_key_id, contact_type, handle, is_primary, is_verified, verified_at,
    opted_out_at, created_at, updated_at
)
select
    person_id * 10 + place, tenant_id, person_id, contact_type, handle, place = 1,
    is_verified, case when is_verified then ordered_at end,
    case when opted_out_at < horizon then opted_out_at end,
    ordered_at, case
        when opted_out_at < horizon then opted_out_at
        else ordered_at
    end
from demo_person
cross join lateral (
    values
    (1, 'phone', phone, true),
    (2, 'email', 'p' || person_id || '@mail.example', pg_temp.u(person_id, 'gave mail') < 0.4),
    (
        3,
        case platform_id
            when 2 then 'facebook'
            when 3 then 'instagram'
            when 4 then 'zalo'
            when 5 then 'tiktok'
        end,
        'account-' || person_id, platform_id between 2 and 5
    )
) as contact (place, contact_type, handle, is_known)
cross join lateral (
    select
        place < 3 and pg_temp.u(person_id * 10 + place, 'verified') < 0.6 as is_verified,
        case
            when pg_temp.u(person_id * 10 + place, 'opted out') < 0.02
                then ordered_at + make_interval(
                    days => pg_temp.roll(person_id, 'opted out after', 300)
                )
        end as opted_out_at
) as facts
where is_known and pg_temp.u(person_id, 'has contacts') < 0.35
order by 1;

-- Whoever came back unnoticed wrote from the same account.
insert into crm_personal_contacts (
    id, tenant_id, personal_key_id, contact_type, handle, is_primary, created_at, updated_at
)
select
    customer_id * 10 + 3, demo_double.tenant_id, customer_id, contact_type, handle, true,
    demo_double.ordered_at, demo_double.ordered_at
from demo_double
inner join crm_personal_contacts as first_contact
    on first_contact.tenant_id = demo_double.tenant_id
    and first_contact.personal_key_id = demo_double.person_id
where is_unnoticed and contact_type not in ('phone', 'email')
order by 1;

insert into crm_personal_profile (
    id, tenant_id, personal_key_id, source, gender, birth_date, anniversary_date, language_code,
    occupation, ring_size, preferences, created_at, updated_at
)
select
    person_id, demo_person.tenant_id, person_id, 'crm',
    case
        when pg_temp.u(person_id, 'gender') < 0.55 then 'female'
        when pg_temp.u(person_id, 'gender') < 0.95 then 'male'
    end,
    cast(ordered_at as date) - 7000 - pg_temp.roll(person_id, 'born', 16000),
    case
        when pg_temp.u(person_id, 'celebrates') < 0.3
            then cast(ordered_at as date) - pg_temp.roll(person_id, 'wed', 9000)
    end,
    language,
    pg_temp.one_of(
        array['teacher', 'engineer', 'nurse', 'lawyer', 'owner of a shop', 'student', 'designer'],
        pg_temp.u(person_id, 'occupation')
    ),
    cast(46 + 2 * pg_temp.roll(person_id, 'ring size', 4) as text),
    jsonb_build_object(
        'metal', pg_temp.one_of(
            array['yellow gold', 'white gold', 'rose gold', 'platinum'],
            pg_temp.u(person_id, 'metal')
        ),
        'budget', pg_temp.one_of(
            array['low', 'middle', 'middle', 'high'], pg_temp.u(person_id, 'budget')
        )
    ),
    ordered_at, ordered_at
from demo_person
inner join demo_tenant using (tenant_id)
where pg_temp.u(person_id, 'profile') < 0.2
order by person_id;
