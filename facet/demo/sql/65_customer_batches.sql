-- Customers worked on in lots, and people who were to be won back: chosen because they had not
-- bought for five months, told of it, and watched for a month.

insert into crm_customer_batches (
    id, tenant_id, code, name, batch_type, status, owner_id, source, row_count, processed_count,
    failed_count, started_at, finished_at, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, 'B-' || nth, title, batch_type, state,
    tenant_id * 1000 + 2, source, many,
    case state when 'completed' then many - bad when 'running' then many / 3 else 0 end,
    case state when 'completed' then bad when 'failed' then many else 0 end,
    case when state <> 'queued' then begun_at end,
    case when state in ('completed', 'failed') then begun_at + interval '11 minutes' end,
    begun_at - interval '5 minutes', begun_at
from demo_tenant
cross join (
    values
    (1, 'import', 'completed', 'Old customer list', 'customers.csv', 1090, 1200, 14),
    (2, 'import', 'failed', 'List of the fair', 'fair.xlsx', 700, 340, 0),
    (3, 'cleanup', 'completed', 'Phone numbers in one format', null, 540, 900, 3),
    (4, 'assignment', 'completed', 'Handed out anew', null, 300, 420, 0),
    (5, 'export', 'completed', 'Addresses for the catalogue', null, 120, 800, 0),
    (6, 'assignment', 'running', 'Leads of the weekend', null, 1, 60, 0),
    (7, 'import', 'queued', 'Second list of the fair', 'fair-2.xlsx', 1, 210, 0),
    (8, 'cleanup', 'running', 'Birthdays in one format', null, 12, 640, 0),
    (9, 'export', 'cancelled', 'Cards for the anniversary', null, 45, 380, 0)
) as batch (nth, batch_type, state, title, source, days_ago, many, bad)
cross join lateral (
    select greatest(midnight - make_interval(days => days_ago) + interval '9 hours', opened_at)
        as begun_at
) as moments
order by 1;

-- The last of them, begun yesterday, is not through; one is planned.
create temp table demo_lot on commit preserve rows as
select
    tenant_id * 1000 + nth as lot_id, demo_tenant.*, lot.*,
    midnight - make_interval(days => days_ago) + interval '8 hours' as begins_at
from demo_tenant
cross join (
    values
    (1, 900, 'email'), (2, 700, 'sms'), (3, 500, 'phone'), (4, 320, 'email'), (5, 140, 'sms'),
    (6, 40, 'chat'), (7, 1, 'phone'), (8, -6, 'email')
) as lot (nth, days_ago, contact_type);

insert into crm_reengaged_batches (
    id, tenant_id, name, campaign_id, owner_id, contact_type, status, message, audience,
    scheduled_at, started_at, finished_at, created_at, updated_at
)
select
    lot_id, tenant_id, 'We miss you, no. ' || nth, null, tenant_id * 1000 + 2, contact_type,
    case when nth = 8 then 'scheduled' when nth = 7 then 'running' else 'completed' end,
    case language
        when 'vi' then 'Lâu rồi không gặp bạn!'
        when 'fr' then 'Vous nous manquez !'
        else 'It has been a while!'
    end,
    jsonb_build_object('days_without_order', 150),
    begins_at, case when nth < 8 then begins_at end,
    case when nth < 7 then begins_at + interval '30 days' end,
    least(begins_at, horizon) - interval '2 days',
    case
        when nth < 7 then begins_at + interval '30 days'
        else least(begins_at, horizon) - interval '2 days'
    end
from demo_lot
order by lot_id;

create temp table demo_bought on commit drop as
select
    tenant_id, personal_key_id, orders.id as order_id, ordered_at,
    round(orders.exchange_rate * gross.amount, 2) as amount
from orders
inner join (
    select id as customer_id, personal_key_id from crm_customers
) as customers using (customer_id)
inner join (
    select order_id, sum(quantity * unit_price - discount_amount) as amount
    from order_items
    group by order_id
) as gross on gross.order_id = orders.id
where status not in ('draft', 'cancelled') and not is_test and deleted_at is null;

create index on demo_bought (personal_key_id);
analyze demo_bought;

create temp table demo_lapsed on commit preserve rows as
with lapsed as (
    select
        lot_id, demo_lot.tenant_id, personal_key_id, nth, contact_type, begins_at, horizon,
        row_number() over (
            partition by lot_id order by pg_temp.u(personal_key_id * 10 + nth, 'chosen')
        ) as place
    from demo_lot
    inner join demo_bought as bought
        on bought.tenant_id = demo_lot.tenant_id and bought.ordered_at < demo_lot.begins_at
    group by lot_id, demo_lot.tenant_id, personal_key_id, nth, contact_type, begins_at, horizon
    having max(ordered_at) < begins_at - interval '150 days'
)

select
    lapsed.*, lapsed.lot_id * 1000 + place as row_id, lapsed.tenant_id * 1000 + 11 as user_id,
    pg_temp.u(lapsed.lot_id * 1000 + place, 'outcome') as outcome,
    case
        when nth < 7 or place % 3 = 0
            then begins_at + make_interval(mins => cast(place * 3 as integer))
    end as addressed_at,
    first_order.order_id, first_order.ordered_at, first_order.amount
from lapsed
left join lateral (
    select order_id, ordered_at, amount
    from demo_bought as bought
    where bought.personal_key_id = lapsed.personal_key_id
        and ordered_at between begins_at + interval '12 hours' and begins_at + interval '30 days'
    order by ordered_at, order_id
    limit 1
) as first_order on nth < 7
where place <= 120 and nth < 8;

insert into crm_reengage_personal_keys (
    id, tenant_id, reengaged_batch_id, personal_key_id, assigned_user_id, status, order_id,
    contacted_at, replied_at, converted_at, created_at, updated_at
)
select
    row_id, tenant_id, lot_id, personal_key_id, case when contact_type = 'phone' then user_id end,
    state, case when state = 'converted' then order_id end, addressed_at,
    case
        when state in ('replied', 'declined') then addressed_at + interval '40 minutes'
    end,
    case when state = 'converted' then ordered_at end,
    begins_at, coalesce(case when state = 'converted' then ordered_at end, addressed_at, begins_at)
from demo_lapsed
cross join lateral (
    select
        case
            when addressed_at is null then 'queued'
            when order_id is not null then 'converted'
            when outcome < 0.12 then 'replied'
            when outcome < 0.18 then 'declined'
            when outcome < 0.22 then 'failed'
            else 'contacted'
        end as state
) as states
order by row_id;

-- How a batch stood at the end of each of its first seven days and after a month.
insert into crm_reengage_batches_stats (
    id, tenant_id, reengaged_batch_id, stat_date, queued_count, contacted_count, replied_count,
    converted_count, converted_amount, created_at, updated_at
)
select
    lot_id * 100 + day, tenant_id, lot_id, cast(begins_at at time zone timezone as date) + day,
    count(*) filter (where addressed_at is null or addressed_at >= day_ends),
    count(*) filter (where addressed_at < day_ends),
    count(*) filter (where replied_at < day_ends),
    count(*) filter (where converted_at < day_ends),
    coalesce(sum(amount) filter (where converted_at < day_ends), 0),
    day_ends - interval '1 second', day_ends - interval '1 second'
from demo_lot
cross join unnest(array[0, 1, 2, 3, 4, 5, 6, 30]) as day
inner join (
    select
        reengaged_batch_id as lot_id, contacted_at as addressed_at, replied_at, converted_at, amount
    from crm_reengage_personal_keys
    inner join (
        select row_id as id, amount from demo_lapsed
    ) as lapsed using (id)
) as people using (lot_id)
cross join lateral (
    select
        cast(cast(begins_at at time zone timezone as date) + day + 1 as timestamp)
            at time zone timezone as day_ends
) as ends
where day_ends <= horizon
group by lot_id, tenant_id, day, begins_at, timezone, day_ends
order by 1;
