-- Cases of what happens after the sale and behind the counter: parcels, service, tasks.

-- Days count back from the as-of date; the parcels are those of orders 57 to 60 and 71.
create temp table demo_case_parcel on commit drop as
select
    plus + nth as parcel_id, house.tenant_id, house.code, nth, plus + case_order as order_id, state,
    house.as_of - promised as promised_on, parcel.is_complete,
    pg_temp.at(house.as_of, left_on, '15:00', timezone) as dispatched_at,
    pg_temp.at(house.as_of, there_on, there_clock, timezone) as delivered_at
from demo_case_house as house
cross join (
    values
    (1, 57, 'delivered', 38, 42, 38, '23:59:59', true),
    (2, 58, 'delivered', 37, 41, 36, '00:00:00', true),
    (3, 59, 'in_transit', 36, 40, null, null, true),
    (4, 60, 'lost', 35, 40, null, null, false),
    (5, 60, 'delivered', 35, 36, 34, '10:00', true),
    (6, 71, 'delivered', 25, 30, 27, '10:00', false),
    (7, 71, 'delivered', 25, 28, 26, '10:00', true)
) as parcel (nth, case_order, state, promised, left_on, there_on, there_clock, is_complete);

insert into outbound_shipments (
    id, tenant_id, shipment_number, status, location_code, carrier, promised_on, dispatched_at,
    delivered_at, created_at, updated_at
)
select
    parcel_id, tenant_id, 'S-' || code || '-CASE-' || parcel_id, state, null, 'DHL', promised_on,
    dispatched_at, delivered_at, dispatched_at - interval '4 hours',
    coalesce(delivered_at, dispatched_at)
from demo_case_parcel
order by parcel_id;

insert into outbound_shipment_orders (
    id, tenant_id, outbound_shipment_id, order_id, is_complete, created_at, updated_at
)
select
    parcel_id, tenant_id, parcel_id, order_id, is_complete, dispatched_at - interval '4 hours',
    dispatched_at - interval '4 hours'
from demo_case_parcel
order by parcel_id;

insert into outbound_shipment_products (
    id, tenant_id, outbound_shipment_id, order_item_id, product_id, quantity, created_at, updated_at
)
select
    parcel_id, parcel.tenant_id, parcel_id, line.id, line.product_id, 1,
    dispatched_at - interval '4 hours', dispatched_at - interval '4 hours'
from demo_case_parcel as parcel
inner join order_items as line
    on line.tenant_id = parcel.tenant_id and line.id = parcel.order_id
order by parcel_id;

-- What ShipStation says of two of these orders, and the house does not.
insert into shipstation_orders (
    id, tenant_id, order_id, external_id, status, shipped_at, synced_at, created_at, updated_at
)
select
    plus + nth, tenant_id, plus + case_order, 'SS-CASE-' || code || nth, state,
    case when state = 'shipped' then known_at end, known_at, known_at, known_at
from demo_case_house as house
cross join (values (1, 57, 'cancelled'), (2, 58, 'shipped')) as mirror (nth, case_order, state)
cross join lateral (select pg_temp.at(house.as_of, 30, '11:00', timezone) as known_at) as moments
order by 1;

insert into order_items_after_sales (
    id, tenant_id, order_item_id, case_number, case_type, stage, description, is_under_warranty,
    promised_on, opened_at, received_at, stage_entered_at, closed_at, created_at, updated_at
)
select
    plus + nth, tenant_id, plus + line, code || '-S-CASE-' || nth, 'repair', stage, 'A loose stone',
    true, house.as_of - promised, asked_at, asked_at + interval '1 day', entered_at,
    case when stage = 'closed' then entered_at end, asked_at, entered_at
from demo_case_house as house
cross join (
    values (1, 81, 'in_service', 60, 80, 75), (2, 85, 'closed', 60, 74, 62)
) as service (nth, line, stage, promised, opened, entered)
cross join lateral (
    select
        pg_temp.at(house.as_of, opened, '11:00', timezone) as asked_at,
        pg_temp.at(house.as_of, entered, '11:00', timezone) as entered_at
) as moments
order by 1;

insert into project (
    id, tenant_id, code, name, owner_id, status, starts_on, due_on, created_at, updated_at
)
select
    plus + 1, tenant_id, 'CASE', 'Planted cases', tenant_id * 1000 + 2, 'active', as_of - 60,
    as_of + 10, begun_at, begun_at
from demo_case_house
cross join lateral (select pg_temp.at(as_of, 60, '09:00', timezone) as begun_at) as moments
order by 1;

insert into milestone (
    id, tenant_id, project_id, name, status, position, due_on, reached_at, created_at, updated_at
)
select
    plus + nth, tenant_id, plus + 1, title, case when reached is null then 'planned' else 'reached'
    end, nth, house.as_of - due, reached_at, begun_at, coalesce(reached_at, begun_at)
from demo_case_house as house
cross join (
    values
    (1, 'Missed', 15, null, null), (2, 'Reached in the last second', 20, 20, '23:59:59'),
    (3, 'Reached at midnight', 20, 19, '00:00:00')
) as point (nth, title, due, reached, clock)
cross join lateral (
    select
        pg_temp.at(house.as_of, 60, '09:00', timezone) as begun_at,
        pg_temp.at(house.as_of, reached, clock, timezone) as reached_at
) as moments
order by 1;

insert into task (
    id, tenant_id, project_id, assignee_id, title, status, due_on, completed_at, cancelled_at,
    created_at, updated_at
)
select
    plus + nth, tenant_id, plus + 1, tenant_id * 1000 + 11, title, state, house.as_of - due,
    case when state = 'done' then ended_at end, case when state = 'cancelled' then ended_at end,
    begun_at, coalesce(ended_at, begun_at)
from demo_case_house as house
cross join (
    values
    (1, 'Overdue', 'todo', 10, null, null), (2, 'Overdue, waits for the first', 'blocked', 1, null,
        null),
    (3, 'Due on the as-of date', 'in_progress', 0, null, null),
    (4, 'Done at midnight', 'done', 20, 19, '00:00:00'),
    (5, 'Done in the last second', 'done', 20, 20, '23:59:59'),
    (6, 'Given up', 'cancelled', 30, 25, '12:00')
) as job (nth, title, state, due, ended, clock)
cross join lateral (
    select
        pg_temp.at(house.as_of, 40, '09:00', timezone) as begun_at,
        pg_temp.at(house.as_of, ended, clock, timezone) as ended_at
) as moments
order by 1;

insert into task_dependency (tenant_id, task_id, depends_on_task_id, created_at, updated_at)
select tenant_id, plus + 2, plus + 1, begun_at, begun_at
from demo_case_house
cross join lateral (select pg_temp.at(as_of, 40, '09:00', timezone) as begun_at) as moments
order by 2;

-- Asked for five days ago, for a day to come, and nobody has said yes or no.
insert into schedule_time_off_request (
    id, tenant_id, user_id, leave_type_id, starts_at, ends_at, status, requested_at, created_at,
    updated_at
)
select
    plus + 1, tenant_id, tenant_id * 1000 + 12, tenant_id * 1000 + 1,
    pg_temp.at(as_of, -20, '00:00', timezone), pg_temp.at(as_of, -27, '00:00', timezone),
    'requested', asked_at, asked_at, asked_at
from demo_case_house
cross join lateral (select pg_temp.at(as_of, 5, '09:00', timezone) as asked_at) as moments
order by 1;
