-- Targets of the sellers, their shifts and what they reported.

-- Half of a target is an equal part, half follows how much one usually sells: the strong pass
-- theirs and the weak do not.
insert into sales_performance (
    id, tenant_id, user_id, period_start, period_end, target_amount, target_orders, created_at,
    updated_at
)
with months as (
    select
        tenant_id, cast(date_trunc('month', day) as date) as month_start,
        sum(sales) as sales, sum(orders) as orders
    from demo_sold
    inner join (select tenant_id, as_of from demo_tenant) as tenants using (tenant_id)
    where day < as_of
    group by 1, 2
),

duties as (
    select
        tenant_id, user_id, ordinal, cast(date_trunc('month', day) as date) as month_start, weight,
        count(*) as days
    from demo_roster
    group by 1, 2, 3, 4, 5
),

shares as (
    select
        duties.*,
        0.5 * days / sum(days) over month + 0.5 * days * weight / sum(days * weight) over month
            as share
    from duties
    window month as (partition by tenant_id, month_start)
)

select
    user_id * 1000 + cast(extract(year from month_start) - 2000 as integer) * 12
        + cast(extract(month from month_start) as integer),
    tenant_id, user_id, month_start, cast(month_start + interval '1 month' as date) - 1,
    pg_temp.price_point(
        cast(sales * share * ambition as double precision), decimals
    ),
    greatest(round(orders * share * ambition), 1),
    greatest(opened_at, cast(month_start - 5 as timestamp) at time zone timezone),
    greatest(opened_at, cast(month_start - 5 as timestamp) at time zone timezone)
from months
inner join shares using (tenant_id, month_start)
inner join demo_tenant using (tenant_id)
cross join lateral (
    select
        cast(0.92 + 0.2
            * pg_temp.u(user_id * 1000 + pg_temp.day_number(month_start) / 28, 'ambition')
                as numeric)
        -- the first and the last month are not whole
        * (cast(month_start + interval '1 month' as date) - month_start)
        / (
            least(cast(month_start + interval '1 month' as date), as_of)
            - greatest(month_start, cast(starts_at as date))
        ) as ambition
) as plans
order by 1;

insert into leave_type (id, tenant_id, code, name, is_paid, created_at, updated_at)
select
    tenant_id * 1000 + nth, tenant_id, kind.code,
    case language when 'vi' then vi when 'fr' then fr else en end, is_paid, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'annual', true, 'Nghỉ phép năm', 'Annual leave', 'Congés payés'),
    (2, 'sick', true, 'Nghỉ ốm', 'Sick leave', 'Arrêt maladie'),
    (3, 'unpaid', false, 'Nghỉ không lương', 'Unpaid leave', 'Congé sans solde')
) as kind (nth, code, is_paid, vi, en, fr)
order by 1;

create temp table demo_shift on commit preserve rows as
select
    100000 + row_number() over (order by day, user_id) as shift_id,
    demo_roster.*,
    starts_at_local at time zone timezone as starts_at,
    (starts_at_local + interval '8 hours') at time zone timezone as ends_at
from demo_roster;

insert into shift_report (
    id, tenant_id, user_id, shift_date, started_at, ended_at, leads_handled, orders_closed, note,
    created_at, updated_at
)
select
    shift_id, demo_shift.tenant_id, user_id, demo_shift.day, started_at, ended_at,
    coalesce(leads, 0) + floor(4 * pg_temp.u(shift_id, 'leads')), coalesce(orders, 0), null,
    ended_at, ended_at
from demo_shift
left join demo_sold on seller_id = user_id and demo_sold.day = demo_shift.day
cross join lateral (
    select
        starts_at
            + make_interval(mins => cast(floor(12 * pg_temp.u(shift_id, 'late') - 4) as integer))
                as started_at,
        ends_at + make_interval(mins => cast(floor(50
            * power(pg_temp.u(shift_id, 'over'), 3)) as integer)) as ended_at
) as clock
where status = 'worked'
order by shift_id;

insert into schedule (
    id, tenant_id, user_id, starts_at, ends_at, status, leave_type_id, shift_report_id,
    authorized_by,
    created_at, updated_at
)
select
    shift_id, tenant_id, user_id, starts_at, ends_at, status,
    case when status = 'leave'
        then tenant_id * 1000 + 1 + width_bucket(pg_temp.u(week_draw, 'kind'), array[0.7, 0.95])
    end,
    case when status = 'worked' then shift_id end,
    manager_id,
    greatest(starts_at - interval '21 days', opened_at),
    case when status in ('worked', 'absent', 'leave') then greatest(ends_at, opened_at)
        else greatest(starts_at - interval '21 days', opened_at)
    end
from demo_shift
inner join (select tenant_id, opened_at from demo_tenant) as tenants using (tenant_id)
order by shift_id;
