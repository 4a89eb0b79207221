-- Some come back under a second record, which shares the person, is merged later, or has not been noticed yet though it
-- has the same telephone number. It has the id of the order times ten, plus three.
create temp table demo_double on commit drop as
select
    order_id, tenant_id, order_id * 10 + 3 as customer_id, buyer * 10 + 1 as person_id, number,
    ordered_at,
    horizon, pg_temp.u(order_id, 'merged') < 0.5 as is_merged,
    pg_temp.u(order_id, 'merged') > 0.95 as is_unnoticed
from demo_order
where buyer <> order_id and pg_temp.u(order_id, 'double') < 0.03;

insert into crm_personal_keys (id, tenant_id, full_name, phone, email, created_at, updated_at)
select
    customer_id, demo_double.tenant_id, full_name, case when is_unnoticed then phone end,
    'p' || customer_id || '@mail.example',
    ordered_at, ordered_at
from demo_double
inner join crm_personal_keys as first_record on first_record.id = person_id
where is_merged or is_unnoticed
order by customer_id;

insert into crm_customers (
    id, tenant_id, personal_key_id, customer_code, customer_type, first_seen_at, created_at,
    updated_at
)
select
    customer_id, tenant_id, case when is_merged or is_unnoticed then customer_id else person_id end,
    'C' || lpad(cast(number as text), 6, '0'), 'individual', ordered_at, ordered_at, ordered_at
from demo_double
order by customer_id;

insert into crm_customer_merge_logs (
    id, tenant_id, from_customer_id, into_customer_id, merged_by, reason, created_at
)
select
    customer_id, tenant_id, customer_id, person_id, tenant_id * 1000 + 2, 'Same phone number',
    least(ordered_at + interval '9 days', horizon - interval '1 minute')
from demo_double
where is_merged
order by customer_id;
