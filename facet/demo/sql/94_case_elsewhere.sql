-- Cases that belong to one place: clocks of the southern half of the world, and, as ordinary orders
-- of Ngọc Lan, what is far east of UTC and amounts in đồng. The last of these, order 999, tells that
-- the demo was written to its end.

create temp table demo_far_case on commit preserve rows as
select
    id, tenant_id, code, timezone, currency, rate, price, product_id, unit_cost,
    case id
        when 323 then (spring_day + time '03:00') at time zone timezone - interval '1 second'
        when 324 then (spring_day + time '03:00') at time zone timezone
        when 325 then (autumn_day + time '12:00') at time zone timezone - interval '10.5 hours'
        when 326 then (autumn_day + time '12:00') at time zone timezone - interval '9.5 hours'
        else pg_temp.at(demo_tenant.as_of, days, clock, timezone)
    end as ordered_at
from (
    values
    (301, 1, 'VND', 1, 1000000, 90, '00:30'),
    (302, 1, 'VND', 1, 1000000, 90, '06:59:59'),
    (303, 1, 'VND', 1, 1000000, 90, '07:00:00'),
    (304, 1, 'VND', 1, 1000000, 90, '23:59:59'),
    (305, 1, 'USD', 25400.12345678, 100.01, 89, '10:00'),
    (321, 6, 'AUD', 1, 100, 90, '00:30'),
    (322, 6, 'AUD', 1, 100, 90, '23:59:59'),
    (323, 6, 'AUD', 1, 100, null, null),
    (324, 6, 'AUD', 1, 100, null, null),
    (325, 6, 'AUD', 1, 100, null, null),
    (326, 6, 'AUD', 1, 100, null, null),
    (998, 6, 'VND', 0.00003712, 10000000, 88, '10:00'),
    (999, 1, 'VND', 1, 10000000, 88, '10:00')
) as listed (id, tenant_id, currency, rate, price, days, clock)
inner join demo_tenant using (tenant_id)
left join demo_case_clock using (tenant_id)
-- a product that is made of nothing that the price depends on
inner join (
    select tenant_id, min(product_id)
        as product_id from demo_product where kind = 'jewel' group by tenant_id
) as products using (tenant_id)
cross join lateral (select round(price * 0.4, 2) as unit_cost) as costs;

insert into orders (
    id, tenant_id, order_number, customer_id, status, ordered_at, currency_code, exchange_rate,
    created_at,
    updated_at
)
select
    id, tenant_id,
    code || case tenant_id
        when 1 then to_char(ordered_at at time zone timezone, '-YY-') || lpad(cast(id as text), 5, '0')
        else '-CASE-' || id
    end,
    null, 'completed', ordered_at, currency, rate,
    ordered_at,
    ordered_at
from demo_far_case
order by id;

insert into order_items (
    id, tenant_id, order_id, product_id, quantity, unit_price, unit_cost, created_at, updated_at
)
select id, tenant_id, id, product_id, 1, price, unit_cost, ordered_at, ordered_at
from demo_far_case
order by id;

insert into order_payments (
    id, tenant_id, order_id, method, status, amount, paid_at, created_at, updated_at
)
select id, tenant_id, id, 'card', 'succeeded', price, ordered_at, ordered_at, ordered_at
from demo_far_case
order by id;

insert into order_meta_crm (id, tenant_id, order_id, page_id, created_at, updated_at)
select id, tenant_id, id, tenant_id * 1000 + 1, ordered_at, ordered_at
from demo_far_case
order by id;
