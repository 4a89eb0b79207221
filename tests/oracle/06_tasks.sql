-- Tasks, milestones and turns by the words of definitions.md, Projects, as temporary tables: what counts and its local
-- days. Each thing looks up what it needs; turns are walked from one to the next.
create temporary table house as
select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant;

create temporary table standing as
select p.* from project p where p.deleted_at is null;

create temporary table work as
select t.tenant_id, t.id, t.project_id, t.milestone_id, t.recurring_task_id as rule_id, t.assignee_id, t.status, t.priority,
    h.today, t.due_on, t.estimate_minutes, t.spent_minutes, t.started_at is not null as has_start,
    t.status = any (array['todo', 'in_progress', 'in_review', 'blocked']) as is_open,
    t.status = 'in_progress' or t.status = 'in_review' or (t.status = 'blocked' and t.started_at is not null) as has_begun,
    (t.created_at at time zone h.tz)::date as made,
    (t.started_at at time zone h.tz)::date as begun,
    case when t.status = 'done' then (t.completed_at at time zone h.tz)::date end as done,
    case when t.status = 'cancelled' then (t.cancelled_at at time zone h.tz)::date end as dropped
from task t join house h using (tenant_id)
where t.deleted_at is null
    and not exists (
        select from project p where p.tenant_id = t.tenant_id and p.id = t.project_id and p.deleted_at is not null
    );
create unique index on work (tenant_id, id);

create temporary table said as
select c.*, (c.created_at at time zone h.tz)::date as day, h.today, w.is_open, w.assignee_id, w.project_id
from task_comment c
join house h using (tenant_id)
join work w on w.tenant_id = c.tenant_id and w.id = c.task_id
where c.deleted_at is null;
create index on said (tenant_id, task_id);

-- The n-th turn after the first day of a rule: so many days, weeks, months or years on.
create function pg_temp.turn_of(rule recurring_task, n integer) returns date language sql stable as $$
    select case rule.frequency
        when 'daily' then rule.starts_on + n * rule.interval_count
        when 'weekly' then rule.starts_on + n * 7 * rule.interval_count
            + (coalesce(rule.day_of_week, extract(isodow from rule.starts_on)::int)
                - extract(isodow from rule.starts_on)::int + 7) % 7
        else (
            select make_date(extract(year from month)::int, extract(month from month)::int, least(
                case when rule.frequency = 'monthly' then coalesce(rule.day_of_month, extract(day from rule.starts_on)::int)
                    else extract(day from rule.starts_on)::int end,
                extract(day from month + interval '1 month' - interval '1 day')::int
            ))
            from (
                select date_trunc('month', rule.starts_on::timestamp) + make_interval(
                    months => n * rule.interval_count * case rule.frequency when 'yearly' then 12 else 1 end
                ) as month
            ) as months
        )
    end
$$;

create temporary table turn as
with recursive walked as (
    select r as rule, r.tenant_id, r.id as rule_id, h.today, 0 as n, pg_temp.turn_of(r, 0) as day,
        (r.created_at at time zone h.tz)::date as entered
    from recurring_task r
    join house h using (tenant_id)
    join standing p on p.tenant_id = r.tenant_id and p.id = r.project_id
    where r.deleted_at is null
    union all
    select rule, tenant_id, rule_id, today, n + 1, pg_temp.turn_of(rule, n + 1), entered
    from walked where pg_temp.turn_of(rule, n + 1) <= today
)
select tenant_id, rule_id, today, day, day + (rule).due_after_days as due, (rule).is_active,
    lead(day) over (partition by tenant_id, rule_id order by day) as following
from walked
where day >= (rule).starts_on and day >= entered and day <= today and day <= coalesce((rule).ends_on, today);
