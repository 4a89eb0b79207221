-- The people whom the batch brings in: person, customer, address; and the leads, won and lost.
-- A person and the customer have the id of their first order times ten, plus one.

create temp table demo_person on commit drop as
select
    order_id * 10 + 1 as person_id, tenant_id, order_id, number, ordered_at, opened_at, page_id,
    platform_id, seller_id, horizon,
    case
        when language = 'vi' then family || ' ' || given
        else given || ' ' || family
    end as full_name,
    case demo_name.country
        when 'VN' then '+84 000 ' || lpad(cast(order_id % 1000000 as text), 6, '0')
        when 'FR' then '+33 000 ' || lpad(cast(order_id % 1000000 as text), 6, '0')
        when 'AU' then '+61 000 ' || lpad(cast(order_id % 1000000 as text), 6, '0')
        else '+1 ' || (200 + order_id / 100 % 800) || ' 555 01'
            || lpad(cast(order_id % 100 as text), 2, '0')
    end as phone,
    country, town, street
from (
    select
        demo_order.*, country,
        pg_temp.one_of(families, pg_temp.u(order_id, 'family')) as family,
        pg_temp.one_of(given, pg_temp.u(order_id, 'given')) as given,
        pg_temp.one_of(towns, pg_temp.u(order_id, 'town')) as town,
        pg_temp.one_of(streets, pg_temp.u(order_id, 'street')) as street
    from demo_order
    inner join demo_name
        on demo_name.language = case when timezone = 'Australia/Sydney' then 'au' else demo_order.language end
    where is_newcomer
) as demo_name;

analyze demo_person;

-- Half of the newcomers were leads before; for each of them there are others that came to nothing.
-- Whoever is on duty answers: the one who sells later, where that one is; the manager for want of
-- anybody.
create temp table demo_lead on commit drop as
with drawn as (
    select
        demo_person.*, person_id as lead_id, 'converted' as status,
        -- some days before, and some minutes: people ask at the hours at which they buy
        greatest(
            ordered_at - make_interval(
                days => cast(floor(12 * power(pg_temp.u(order_id, 'lead'), 2)) as integer),
                secs => floor(1200 + 9000 * pg_temp.u(order_id, 'asked'))
            ),
            opened_at
        ) as asked_at
    from demo_person
    where platform_id <> 1 and seller_id is not null and pg_temp.u(order_id, 'was a lead') < 0.7
    union all
    select
        demo_person.*, order_id * 10 + 2, case
            when horizon - ordered_at < interval '3 days' and pg_temp.u(order_id, 'lost') < 0.7
                then 'new'
            when horizon - ordered_at < interval '15 days' and pg_temp.u(order_id, 'lost') < 0.6
                then 'contacted'
            when horizon - ordered_at < interval '40 days' and pg_temp.u(order_id, 'lost') < 0.4
                then 'qualified'
            else 'lost'
        end,
        ordered_at - interval '40 minutes'
    from demo_person
    where platform_id <> 6 and pg_temp.u(order_id, 'other lead') < 0.75
),

opened as (
    select
        drawn.*, timezone, opens, closes, rest_day, language, decimals, usd_rate,
        pg_temp.at_work(
            asked_at at time zone timezone, cast(opens as time), cast(closes as time), rest_day
        ) as read_at_local
    from drawn
    inner join demo_tenant using (tenant_id)
),

answered as (
    select
        opened.*,
        case
            when seller_id = any (user_ids) then seller_id
            when user_ids is null then opened.tenant_id * 1000 + 2
            else user_ids[pg_temp.roll(lead_id, 'on duty', cardinality(user_ids))]
        end as responder_id
    from opened
    left join demo_team
        on demo_team.tenant_id = opened.tenant_id
        and demo_team.day = cast(read_at_local as date)
)

select
    answered.*,
    case when status <> 'new' then least(
        case
            when platform_id = 6 then asked_at + interval '2 minutes'
            else greatest(
                pg_temp.at_work(
                    read_at_local + make_interval(secs => floor(60 * minutes)), cast(opens as time),
                    cast(closes as time), rest_day
                ) at time zone timezone,
                asked_at + interval '2 minutes'
            )
        end,
        case status
            when 'converted' then ordered_at
            else horizon - interval '1 minute'
        end
    ) end as contacted_at
from answered
left join (select user_id, reply_minutes from demo_staff) as staff on user_id = responder_id
cross join lateral (
    select
        least(coalesce(reply_minutes, 15)
            * exp(0.9 * pg_temp.normal(lead_id, 'reply')), 600) as minutes
) as pace;

create index on demo_lead (order_id);
analyze demo_lead;

insert into crm_personal_keys (id, tenant_id, full_name, phone, email, created_at, updated_at)
select
    person_id, tenant_id, full_name, phone, 'p' || person_id || '@mail.example', seen_at, seen_at
from demo_person
left join (
    select order_id, asked_at from demo_lead where status = 'converted'
) as leads using (order_id)
cross join lateral (select coalesce(asked_at, ordered_at - interval '5 minutes') as seen_at) as seen
order by person_id;

insert into crm_personal_keys (id, tenant_id, full_name, phone, email, created_at, updated_at)
select
    lead_id, demo_lead.tenant_id,
    case when country = 'VN' then family || ' ' || given else given || ' ' || family end,
    null, 'p' || lead_id || '@mail.example', asked_at, asked_at
from (
    select
        demo_lead.*,
        pg_temp.one_of(families, pg_temp.u(lead_id, 'family')) as family,
        pg_temp.one_of(given, pg_temp.u(lead_id, 'given')) as given
    from demo_lead
    inner join demo_name using (country)
    where status <> 'converted'
) as demo_lead
order by lead_id;

-- The customers come after the leads that they were; the database checks the way back at commit.
insert into crm_leads (
    id, tenant_id, personal_key_id, assigned_user_id, page_id, status, source, lost_reason,
    contacted_at, qualified_at, converted_customer_id, converted_at, created_at, updated_at
)
select
    lead_id, tenant_id, lead_id, seller_id, page_id, status,
    case when platform_id = 6 then 'walk-in' else 'message' end,
    case when status = 'lost'
        then (array['Price', 'No answer', 'Bought elsewhere', 'Only looking'])[
        pg_temp.roll(lead_id, 'reason', 4)
    ] end,
    contacted_at,
    case
        when status = 'converted'
            then contacted_at + (ordered_at - contacted_at) * 0.7 * pg_temp.u(lead_id, 'qualified')
        when status = 'qualified'
            then contacted_at
                + (horizon - contacted_at) * 0.5 * pg_temp.u(lead_id, 'qualified')
    end,
    case when status = 'converted' then person_id end,
    case when status = 'converted' then ordered_at end,
    asked_at,
    case status
        when 'new' then asked_at
        when 'contacted' then contacted_at
        else greatest(contacted_at, ordered_at)
    end
from demo_lead
order by lead_id;

-- What some of them were about to buy. An opportunity has its lead's id.
create temp table demo_potential on commit drop as
select
    demo_lead.*,
    case status
        when 'converted' then 'won'
        when 'lost' then 'lost'
        else pg_temp.one_of(
            array['open', 'proposed', 'negotiating'], pg_temp.u(lead_id, 'potential stage')
        )
    end as stage
from demo_lead
where
    pg_temp.u(lead_id, 'potential') < case status
        when 'qualified' then 0.9
        when 'converted' then 0.3
        when 'lost' then 0.08
        else 0
    end;

insert into crm_potential (
    id, tenant_id, personal_key_id, lead_id, assigned_user_id, page_id, name, stage,
    expected_amount, probability_rate, expected_close_on, lost_reason, stage_entered_at, won_at,
    lost_at, created_at, updated_at
)
select
    lead_id, demo_potential.tenant_id, lead_id, lead_id, demo_potential.seller_id, page_id,
    pg_temp.one_of(
        case language
            when 'vi' then array['Nhẫn cưới', 'Nhẫn đính hôn', 'Bộ trang sức cưới', 'Quà sinh nhật']
            when 'fr' then array['Alliances', 'Bague de fiançailles', 'Parure de mariage',
                'Cadeau d''anniversaire']
            else array['Wedding bands', 'Engagement ring', 'Bridal set', 'Birthday present']
        end,
        pg_temp.u(lead_id, 'potential name')
    ),
    stage,
    pg_temp.price_point(
        case
            when stage = 'won' and subtotal > 0
                then cast(subtotal * exchange_rate as double precision)
                    * (0.8 + 0.5 * pg_temp.u(lead_id, 'expected'))
            else usd_rate * (250 + 3000 * power(pg_temp.u(lead_id, 'expected'), 2))
        end,
        decimals
    ),
    case stage
        when 'open' then 0.2
        when 'proposed' then 0.4
        when 'negotiating' then 0.7
        when 'won' then 1
        else 0
    end,
    cast(asked_at at time zone timezone as date)
        + 14 + pg_temp.roll(lead_id, 'close', 30),
    case when stage = 'lost' then 'Price' end,
    decided_at,
    case when stage = 'won' then decided_at end,
    case when stage = 'lost' then decided_at end,
    contacted_at, decided_at
from demo_potential
inner join (select order_id, exchange_rate from demo_order) as currencies using (order_id)
inner join (select order_id, subtotal from demo_total) as totals using (order_id)
cross join lateral (
    select
        case stage
            when 'won' then greatest(ordered_at, contacted_at)
            when 'lost' then least(
                contacted_at + make_interval(
                    hours => cast(floor(4 + 400 * pg_temp.u(lead_id, 'decided')) as integer)
                ),
                horizon - interval '1 minute'
            )
            else contacted_at
        end as decided_at
) as decisions
order by lead_id;

insert into crm_customers (
    id, tenant_id, personal_key_id, lead_id, potential_id, customer_code, customer_type,
    first_seen_at, created_at, updated_at
)
select
    person_id, demo_person.tenant_id, person_id, leads.lead_id, potentials.lead_id,
    'C' || lpad(cast(number as text), 6, '0'),
    case when pg_temp.u(order_id, 'business') < 0.02 then 'business' else 'individual' end,
    coalesce(asked_at, ordered_at - interval '5 minutes'),
    ordered_at - interval '5 minutes', ordered_at - interval '5 minutes'
from demo_person
left join (
    select order_id, lead_id, asked_at from demo_lead where status = 'converted'
) as leads using (order_id)
left join (
    select order_id, lead_id from demo_potential where stage = 'won'
) as potentials using (order_id)
order by person_id;

insert into crm_personal_addresses (
    id, tenant_id, personal_key_id, label, recipient_name, phone, line1, city, country_code,
    is_default,
    created_at, updated_at
)
select
    person_id, tenant_id, person_id, null, full_name, phone,
    (1 + order_id % 180) || case
        when country = 'FR' then ', '
        else ' '
    end || street, town, country, true,
    ordered_at, ordered_at
from demo_person
where platform_id <> 6
order by person_id;
