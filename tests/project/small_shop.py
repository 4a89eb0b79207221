"""A small shop, written for many tenants at once, and a schema opened to their faults."""

from typing import LiteralString

HEALTHY = 1

#: The shop, for the tenants of `tenants`; ids are those of the tenant and two digits more.
SHOP: LiteralString = """
with shops as (select unnest(%(tenants)s::bigint[]) as t),
numbered as (select t, n from shops cross join generate_series(1, 3) as n),
tenants as (
    insert into sys_tenants
        (id, name, slug, timezone, currency_code, locale, business_hours, metadata, created_at)
    select t, 'Shop ' || t, 'shop-' || t, 'Asia/Ho_Chi_Minh', 'USD', 'vi-VN',
        '{"mon": [["08:00", "18:00"]]}', '{"is_demo": true}', '2026-01-01' from shops
),
users as (
    insert into sys_users (id, tenant_id, full_name, created_at)
    select t * 100 + 1, t, 'An', '2026-01-01' from shops
),
products as (
    insert into product (id, tenant_id, sku, name)
    select t * 100 + n, t, 'R' || n, 'Ring ' || n from numbered where n < 3
),
customers as (
    insert into crm_customers (id, tenant_id) select t * 100 + 1, t from shops
),
orders as (
    insert into orders
        (id, tenant_id, order_number, customer_id, status, ordered_at, currency_code,
        discount_amount)
    select t * 100 + n, t, 'O' || n, t * 100 + 1, 'completed',
        timestamptz '2026-03-01 03:00:00+00' + n * interval '1 day', 'USD', 10 from numbered
),
lines as (
    insert into order_items (id, tenant_id, order_id, product_id, quantity, unit_price, unit_cost)
    select t * 100 + 10 * m + n, t, t * 100 + n, t * 100 + m, m, 100, 60
    from numbered cross join generate_series(1, 2) as m
),
payments as (
    insert into order_payments (id, tenant_id, order_id, method, status, amount, paid_at)
    select t * 100 + n, t, t * 100 + n, 'card', 'succeeded', 290, '2026-03-05 03:00:00+00'
    from numbered
),
returns as (
    insert into order_returns
        (id, tenant_id, order_id, order_item_id, quantity, status, received_at)
    select t * 100 + 1, t, t * 100 + 1, t * 100 + 11, 1, 'received', '2026-03-06 03:00:00+00'
    from shops
),
refunds as (
    insert into order_refunds
        (id, tenant_id, order_id, order_item_id, return_id, amount, status, refunded_at)
    select t * 100 + 1, t, t * 100 + 1, t * 100 + 11, t * 100 + 1, 100, 'succeeded',
        '2026-03-06 03:00:00+00' from shops
),
campaigns as (
    insert into mkt_campaigns (id, tenant_id, name, status, starts_on, ends_on)
    select t * 100 + 1, t, 'Spring', 'active', '2026-03-01', '2026-03-31' from shops
),
goals as (
    insert into mkt_campaign_goals
        (id, tenant_id, campaign_id, name, metric, target_value, created_at, updated_at)
    select t * 100 + 1, t, t * 100 + 1, 'Sales', 'net_sales', 1000, '2026-02-01', '2026-02-01'
    from shops
),
promotions as (
    insert into mkt_promotions (id, tenant_id, name, promotion_type, value, starts_at, ends_at)
    select t * 100 + 1, t, 'Ten', 'fixed_amount', 10, '2026-03-01', '2026-04-01' from shops
),
links as (
    insert into mkt_promotion_campaigns (tenant_id, promotion_id, campaign_id)
    select t, t * 100 + 1, t * 100 + 1 from shops
),
redemptions as (
    insert into mkt_promotion_redemptions
        (id, tenant_id, promotion_id, order_id, customer_id, status, discount_amount, redeemed_at)
    select t * 100 + 1, t, t * 100 + 1, t * 100 + 2, t * 100 + 1, 'accepted', 10,
        '2026-03-03 03:00:00+00' from shops
),
leads as (
    insert into crm_leads (id, tenant_id, assigned_user_id, status, created_at)
    select t * 100 + 1, t, t * 100 + 1, 'new', '2026-03-02 03:00:00+00' from shops
),
credits as (
    insert into lead_sales (id, tenant_id, order_id, user_id, credit_role)
    select t * 100 + n, t, t * 100 + n, t * 100 + 1, 'primary' from numbered
),
shifts as (
    insert into shift_report (id, tenant_id, user_id, shift_date, started_at, ended_at)
    select t * 100 + 1, t, t * 100 + 1, '2026-03-02', '2026-03-02 01:00+00',
        '2026-03-02 09:00+00' from shops
)
insert into sales_performance (id, tenant_id, user_id, period_start, period_end, target_amount)
select t * 100 + 1, t, t * 100 + 1, '2026-03-01', '2026-03-31', 500 from shops
"""

#: Whatever would keep the faults out: checks, references, what must be there, keys.
LET_IN: LiteralString = """
do $block$
declare item record;
begin
    for item in
        select conrelid::regclass as of_table, conname from pg_constraint
        where contype in ('c', 'f') and connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', item.of_table, item.conname);
    end loop;
    for item in
        select attrelid::regclass as of_table, attname from pg_attribute
        where attnotnull and attnum > 0 and attname <> 'id' and attrelid in (
            'orders'::regclass, 'order_items'::regclass, 'order_payments'::regclass,
            'sys_tenants'::regclass)
    loop
        execute format('alter table %s alter column %I drop not null', item.of_table, item.attname);
    end loop;
    for item in
        select conname from pg_constraint
        where conrelid = 'orders'::regclass and contype in ('p', 'u')
    loop
        execute format('alter table orders drop constraint %I', item.conname);
    end loop;
end;
$block$
"""
