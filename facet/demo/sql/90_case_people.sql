-- The planted cases (docs/demo_cases.md), ids below 1000: the training shop in New York has them as
-- listed, the one in Sydney the same with 500 added. First the people and the products that they need.

create temp table demo_case_house on commit preserve rows as
select
    tenant_id, code, plus, demo_tenant.as_of, timezone, currency_code, foreign_currency, horizon,
    opened_at
from demo_tenant
inner join (values (5, 0), (6, 500)) as houses (tenant_id, plus) using (tenant_id);

-- A moment of a house: so many days before the as-of date, at this time on its clocks.
create function pg_temp.at(as_of date, days integer, clock text, timezone text) returns timestamptz
language sql immutable
return (as_of - days + cast(clock as time)) at time zone timezone;

-- Ids 11–13 are merged in a chain, 14 and 15 share a person, 16 and 17 share one and 17 is merged
-- into 18; 20 is somebody who sells there.
create temp table demo_case_person on commit preserve rows as
select
    plus + id as id, plus + personal_key_id as personal_key_id, tenant_id, opened_at,
    coalesce(people.full_name, demo_staff.full_name) as full_name,
    case
        when people.full_name is null then demo_staff.email
        else 'case' || plus + id || '@mail.example'
    end
        as email,
    people.phone, code || '-CASE-' || id as customer_code
from (
    values
    (1, 1, 'Ada Planted', '+1 200 555 0101'),
    (11, 11, 'Nora Chain', '+1 200 555 0111'),
    (12, 12, 'Nora Chain-Vale', '+1 200 555 0112'),
    (13, 13, 'N. Chain', '+1 200 555 0113'),
    (14, 14, 'Paul Shared', '+1 200 555 0114'),
    (15, 14, 'Paul Shared', '+1 200 555 0114'),
    (16, 16, 'Iris Both', '+1 200 555 0116'),
    (17, 16, 'Iris Both', '+1 200 555 0116'),
    (18, 18, 'Iris B.', '+1 200 555 0118'),
    (19, 19, 'Otto Second-Try', '+1 200 555 0119'),
    (20, 20, null, '+1 200 555 0120'),
    (21, 21, 'O''Brien "Bé" Đặng 💍; drop table orders; --', '+1 200 555 0121'),
    (22, 22, 'Twice At-Once', '+1 200 555 0122')
) as people (id, personal_key_id, full_name, phone)
cross join demo_case_house
inner join demo_staff using (tenant_id)
where demo_staff.ordinal = 12;

insert into crm_personal_keys (id, tenant_id, full_name, phone, email, created_at, updated_at)
select
    id, tenant_id, full_name, phone, email, opened_at, opened_at
from demo_case_person
where id = personal_key_id
order by id;

insert into crm_customers (
    id, tenant_id, personal_key_id, customer_code, customer_type, first_seen_at, created_at,
    updated_at
)
select id, tenant_id, personal_key_id, customer_code, 'individual', opened_at, opened_at, opened_at
from demo_case_person
order by id;

insert into crm_customer_merge_logs (
    id, tenant_id, from_customer_id, into_customer_id, merged_by, reason, created_at
)
select
    plus + merge.id, tenant_id, plus + into_from, plus + into_to, tenant_id * 1000 + 2,
    'Same person',
    pg_temp.at(as_of, 10, '12:00', timezone)
from demo_case_house
cross join (values (1, 11, 12), (2, 12, 13), (3, 17, 18)) as merge (id, into_from, into_to)
order by 1;

-- The letters are what the orders below name them by.
create temp table demo_case_product on commit preserve rows as
select
    plus + nth as product_id, tenant_id, letter, name, list_price, unit_cost, product_type,
    tenant_id * 1000 + category as category_id, code || '-CASE-' || letter as sku, opened_at
from demo_case_house
cross join (
    values
    (1, 'A', 'Plain band "No. 1"', 100, 40, 'standard', 13),
    (2, 'B', 'Pendant of plain gold', 50, 20, 'standard', 21),
    (3, 'C', 'Small plain studs', 30, 12, 'standard', 31),
    (4, 'G', 'Gift card for the cases', 50, 0, 'gift_card', 72),
    (5, 'F', 'Polishing cloth', 15, 6, 'standard', 71),
    (7, 'K', 'Open bangle, new', 100, 40, 'standard', 13),
    (6, 'X', '"L''Étoile" 💎 – 50 % <b>off</b>; --', 100, 40, 'standard', 13)
) as products (nth, letter, name, list_price, unit_cost, product_type, category);

insert into product (
    id, tenant_id, sku, name, product_type, list_price, unit_cost, status, created_at, updated_at
)
select
    product_id, tenant_id, sku, name, product_type, list_price, unit_cost, 'active', opened_at,
    opened_at
from demo_case_product
order by product_id;

insert into product_category (
    tenant_id, product_id, category_id, is_primary, created_at, updated_at
)
select tenant_id, product_id, category_id, true, opened_at, opened_at
from demo_case_product
order by product_id;
