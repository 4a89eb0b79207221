-- Events that move, each with the one of the year before: decision 0017. The days of national ones are the
-- seeds', which tests/seeds holds to other sources; here they are seed_moving_events, seed_event_countries.
create temporary table event as
with own as (
    select distinct t.id as tenant_id, trim(e ->> 'name') as name, (e ->> 'starts_on')::date as first_day,
        coalesce(e ->> 'ends_on', e ->> 'starts_on')::date as last_day
    from sys_tenants t
    cross join lateral jsonb_array_elements(
        case jsonb_typeof(t.metadata -> 'events') when 'array' then t.metadata -> 'events' else '[]' end
    ) as e
    where trim(e ->> 'name') <> ''
        and e ->> 'starts_on' ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(e ->> 'starts_on', 'date')
        and coalesce(e ->> 'ends_on', e ->> 'starts_on') ~ '^\d{4}-\d\d-\d\d$'
        and pg_input_is_valid(coalesce(e ->> 'ends_on', e ->> 'starts_on'), 'date')
),

country as (
    select id as tenant_id, case
        when metadata ->> 'country' ~ '^[A-Za-z]{2}$' then upper(metadata ->> 'country')
        when locale ~ '^[A-Za-z]+([-_][A-Za-z]{4})?[-_][A-Za-z]{2}($|[-_.])'
            then upper(substring(locale from '^[A-Za-z]+(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})'))
        when lower(locale) = 'vi' then 'VN'
    end as code
    from sys_tenants
),

known as (
    select c.tenant_id, k.event_rank::integer as rank, k.event_code as code,
        m.start_date::date as first_day, m.end_date::date as last_day
    from country c
    join seed_event_countries k on k.country_code = c.code
    join seed_moving_events m on m.event_code = k.event_code and m.calendar_code = k.calendar_code
    union all
    select tenant_id, 1000, 'own: ' || name, first_day, max(last_day)
    from own
    where last_day - first_day between 0 and 366 and first_day >= '1990-01-01' and last_day < '2100-01-01'
    group by tenant_id, name, first_day
)

select now.*, past.first_day as past_first_day, past.last_day as past_last_day
from known now
cross join lateral (
    select p.first_day, p.last_day from known p
    where p.tenant_id = now.tenant_id and p.code = now.code
        and now.first_day - p.first_day between 200 and 548
    order by abs(now.first_day - p.first_day - 365), p.first_day desc limit 1
) as past;

create index on event (tenant_id);

