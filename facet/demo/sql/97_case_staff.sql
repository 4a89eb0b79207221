-- Cases of targets, hours, leads and managers. They are those of two who have left, so that nobody else's
-- figures change; each of the two was the other's manager.

insert into sys_users (
    id, tenant_id, full_name, manager_id, is_active, created_at, updated_at
)
select plus + nth, tenant_id, name, plus + 3 - nth, false, opened_at, opened_at
from demo_case_house
cross join (values (1, 'Planted Left'), (2, 'Planted Right')) as people (nth, name)
order by 1;

insert into sales_performance (
    id, tenant_id, user_id, period_start, period_end, target_amount, target_orders, created_at,
    updated_at
)
select
    plus + nth, tenant_id, plus + 1, as_of - first_day, as_of - last_day, amount, order_count,
    opened_at, opened_at
from demo_case_house
cross join (
    values (1, 90, 88, 100, 10), (2, 80, 80, 0, null), (3, 70, 71, 100, 10), (4, 60, 60, null, 5)
) as target (nth, first_day, last_day, amount, order_count)
order by 1;

insert into shift_report (
    id, tenant_id, user_id, shift_date, started_at, ended_at, created_at, updated_at
)
select
    plus + nth, tenant_id, plus + 1, as_of - day, pg_temp.at(as_of, day, started, timezone),
    pg_temp.at(as_of, day, ended, timezone), pg_temp.at(as_of, day, '20:00', timezone),
    pg_temp.at(as_of, day, '20:00', timezone)
from demo_case_house
cross join (
    values (1, 90, '09:00', '13:00'), (2, 89, '09:00', null), (3, 88, '18:00', '09:00')
) as shift (nth, day, started, ended)
order by 1;

insert into schedule (
    id, tenant_id, user_id, starts_at, ends_at, status, shift_report_id, created_at, updated_at
)
select
    plus + nth, tenant_id, plus + 1, pg_temp.at(as_of, day, '09:00', timezone),
    pg_temp.at(as_of, day, ended, timezone), 'worked', plus + nth,
    pg_temp.at(as_of, day, '20:00', timezone), pg_temp.at(as_of, day, '20:00', timezone)
from demo_case_house
cross join (values (1, 90, '17:00'), (2, 89, '16:00')) as shift (nth, day, ended)
order by 1;

-- Nobody said what became of it.
insert into schedule (id, tenant_id, user_id, starts_at, ends_at, status, created_at, updated_at)
select
    plus + 3, tenant_id, plus + 1, pg_temp.at(as_of, 86, '09:00', timezone),
    pg_temp.at(as_of, 86, '12:00', timezone), 'published',
    pg_temp.at(as_of, 90, '20:00', timezone), pg_temp.at(as_of, 90, '20:00', timezone)
from demo_case_house
order by 1;

-- Two of the leads became customers, who never ordered.
create temp table demo_case_lead on commit drop as
select
    plus + nth as lead_id, plus + customer as customer_id, tenant_id, state, code, name,
    case when nth < 3 then plus + 1 end as assigned_user_id,
    pg_temp.at(as_of, 90, '10:00', timezone) as asked_at,
    pg_temp.at(as_of, 90, '11:00', timezone) as contacted_at,
    pg_temp.at(as_of, 90, '16:00', timezone) as ended_at,
    pg_temp.at(as_of, 89, '09:00', timezone) as handed_over_at
from demo_case_house
cross join (
    values
    (1, 31, 'converted', 'Handed Over'), (2, cast(null as integer), 'lost', null),
    (3, 33, 'converted', 'Of Nobody')
) as lead (nth, customer, state, name);

insert into crm_personal_keys (id, tenant_id, full_name, created_at, updated_at)
select customer_id, tenant_id, name, asked_at, asked_at
from demo_case_lead
where customer_id is not null
order by customer_id;

insert into crm_leads (
    id, tenant_id, personal_key_id, assigned_user_id, page_id, status, contacted_at, qualified_at,
    converted_customer_id, converted_at, created_at, updated_at
)
select
    lead_id, tenant_id, customer_id, assigned_user_id, tenant_id * 1000 + 3, state, contacted_at,
    contacted_at, customer_id, case when customer_id is not null then ended_at end, asked_at,
    ended_at
from demo_case_lead
order by lead_id;

insert into crm_customers (
    id, tenant_id, personal_key_id, lead_id, customer_code, customer_type, first_seen_at,
    created_at, updated_at
)
select
    customer_id, tenant_id, customer_id, lead_id, code || '-CASE-' || customer_id, 'individual',
    asked_at, ended_at, ended_at
from demo_case_lead
where customer_id is not null
order by customer_id;

insert into lead_sales (
    id, tenant_id, lead_id, user_id, credit_role, assigned_at, created_at, updated_at
)
select
    lead_id + 400, tenant_id, lead_id, assigned_user_id, 'primary', handed_over_at, handed_over_at,
    handed_over_at
from demo_case_lead
where state = 'converted' and assigned_user_id is not null
order by 1;
