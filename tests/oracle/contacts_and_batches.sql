-- How persons are reached, who is probably one, and batches of customers, as of oracle.as_of: definitions.md, Customers.
-- Over what 00_sales.sql and 05_customers.sql tell of persons.
-- Rows: tenant, what it is of, its key in two parts, words, numbers.
with

written as (
    select tenant_id, id as key_id, 'phone' as way, phone as said, false as confirmed, false as refused,
        deleted_at is not null as gone
    from crm_personal_keys
    union all
    select tenant_id, id, 'email', email, false, false, deleted_at is not null from crm_personal_keys
    union all
    select c.tenant_id, c.personal_key_id, c.contact_type, c.handle, c.is_verified, c.opted_out_at is not null,
        coalesce(c.deleted_at, k.deleted_at) is not null
    from crm_personal_contacts c join crm_personal_keys k on k.tenant_id = c.tenant_id and k.id = c.personal_key_id
),

spelt as (
    select *, case way when 'phone' then regexp_replace(said, '[-.() ]', '', 'g') else lower(btrim(said)) end as handle
    from written
    where (way = 'phone' and char_length(said) > 6) or (way = 'email' and position('@' in said) > 0)
        or (way not in ('phone', 'email') and btrim(said) <> '')
),

keyholder as (
    select distinct c.tenant_id, c.personal_key_id as key_id, i.person
    from crm_customers c join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.id
),

stopped as (
    select distinct tenant_id, regexp_replace(phone_number, '[-.() ]', '', 'g') as handle, 'phone' as way
    from sms_contacts where is_opted_out
),

held as (
    select s.tenant_id, k.person, s.way, s.handle, bool_or(s.confirmed and not s.gone) as confirmed,
        bool_or(s.refused or t.handle is not null) as refused
    from spelt s
    join keyholder k using (tenant_id, key_id)
    left join stopped t on t.tenant_id = s.tenant_id and t.way = s.way and t.handle = s.handle
    group by 1, 2, 3, 4
    having not bool_and(s.gone)
),

sharers as (
    select tenant_id, way, handle, count(*) as persons, min(person) as first_of_them from held group by 1, 2, 3
),

theirs as (select * from held join sharers using (tenant_id, way, handle) where persons < 6),

alive as (
    select distinct i.tenant_id, i.person
    from identity i join crm_customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id and c.deleted_at is null
),

reached as (
    select t.tenant_id, by.way, t.person, bool_or(not t.refused) as can_be, bool_or(t.confirmed and not t.refused) as surely,
        bool_or(n.often > 0) as lately, bool_or(n.often = 0) as long_ago
    from theirs t
    join alive using (tenant_id, person)
    left join standing n on n.tenant_id = t.tenant_id and n.person = t.person and n.moment = 'now'
    cross join lateral (values (t.way), ('any')) as by (way)
    group by 1, 2, 3
)

select tenant_id, 'way', 0, 0, way,
    array[
        (select count(*) from alive a where a.tenant_id = r.tenant_id), count(*), count(*) filter (where not can_be),
        count(*) filter (where can_be), count(*) filter (where surely), count(*) filter (where can_be and lately),
        count(*) filter (where can_be and long_ago)
    ]::numeric[]
from reached r
group by tenant_id, way
union all
select tenant_id, 'pair', first_of_them, person, '',
    array[
        bool_or(way = 'phone')::integer, bool_or(way = 'email')::integer, bool_or(way not in ('phone', 'email'))::integer
    ]::numeric[]
from theirs
where person <> first_of_them
group by tenant_id, first_of_them, person
union all
select b.tenant_id, 'batch', b.id, coalesce(b.owner_id, 0), concat_ws(' ', b.code, b.name, b.batch_type, b.status, b.source),
    array[
        b.row_count, b.processed_count, b.failed_count, b.row_count - b.processed_count - b.failed_count,
        round(extract(epoch from b.finished_at - b.started_at)::numeric / 60, 2), stuck::integer,
        (stuck or b.status = 'failed'
            or (b.status in ('completed', 'cancelled') and b.processed_count < b.row_count))::integer,
        begun - date '2000-01-01', (b.finished_at at time zone h.tz)::date - date '2000-01-01'
    ]::numeric[]
from crm_customer_batches b
join here h using (tenant_id)
cross join lateral (select (b.started_at at time zone h.tz)::date as begun) x
cross join lateral (select b.status = 'running' and coalesce(h.today - begun > 1, false) as stuck) y
where b.deleted_at is null
