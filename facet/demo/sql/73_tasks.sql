-- Tasks of the projects and of the rules: most are done, some late, a few forgotten. A task of a
-- project has its project's id times a hundred, one of a rule the rule's times a thousand.

create temp table demo_task on commit preserve rows as
with listed as (
    select
        project_id * 100 + nth as task_id, demo_project.tenant_id, project_id,
        project_id * 10 + milestone as milestone_id, cast(null as bigint) as rule_id,
        case when parent is not null then project_id * 100 + parent end as parent_id,
        owner_id, demo_project.status as project_status, step.title, step.minutes, milestone_due,
        milestone_due - before as due_day, milestone_due - before - 9 as made_day
    from demo_project
    cross join (
        values
        (1, 1, null, 6, 240, 'Write the brief'), (2, 1, null, 4, 90, 'Agree on the budget'),
        (3, 1, null, 2, 60, 'Choose the pieces'), (4, 2, null, 8, 600, 'Take the pictures'),
        (5, 2, null, 3, 420, 'Prepare the shop'), (6, 2, 5, 3, 180, 'Print the signs'),
        (7, 2, 5, 2, 120, 'Brief the team'), (8, 2, null, 1, 60, 'Check the stock'),
        (9, 3, null, 3, 240, 'Count what came of it'), (10, 3, null, 0, 120, 'Write the report')
    ) as step (nth, milestone, parent, before, minutes, title)
    inner join (
        select id as milestone_id, due_on as milestone_due from milestone
    ) as milestones on milestones.milestone_id = project_id * 10 + milestone
    union all
    select
        rule_id * 1000 + turn, tenant_id, project_id, null, rule_id, null, user_id, 'active', title,
        60, null, cast(made_day as date) + days, cast(made_day as date)
    from demo_rule
    cross join lateral (
        select
            case frequency
                when 'weekly' then next_on - 7 * turn
                else cast(date_trunc('month', next_on) - make_interval(months => turn) as date) + 2
            end as made_day,
            turn
        from generate_series(1, case frequency when 'weekly' then 52 else 12 end) as turn
    ) as days_made
    -- now and then nobody makes it
    where made_day >= cast(opened_at as date) and pg_temp.u(rule_id * 1000 + turn, 'skipped') >= 0.04
),

timed as (
    select
        listed.*, timezone, horizon, opened_at,
        greatest(
            (cast(made_day as timestamp) + interval '9 hours') at time zone timezone, opened_at
        ) as created_at,
        -- of three, two come in time
        (cast(due_day as timestamp) + interval '17 hours') at time zone timezone
            + make_interval(hours => case
                when pg_temp.u(task_id, 'late') < 0.14 then 20 + pg_temp.roll(task_id, 'hours', 200)
                else -100 + pg_temp.roll(task_id, 'hours', 98)
            end) as ready_at,
        pg_temp.u(task_id, 'dropped') < 0.03 as is_dropped,
        pg_temp.u(task_id, 'forgotten') < 0.012 or project_status = 'on_hold' as is_forgotten,
        demo_tenant.as_of
    from listed
    inner join demo_tenant using (tenant_id)
),

moved as (
    select
        timed.*,
        greatest(ready_at - make_interval(hours => 20 + pg_temp.roll(task_id, 'work', 60)),
            created_at + interval '1 hour') as begun_at,
        greatest(ready_at, created_at + interval '5 hours') as done_at
    from timed
    where created_at < horizon - interval '2 hours'
)

select
    moved.*, task_status,
    case when task_status = 'cancelled' then created_at + interval '30 hours' end as dropped_at,
    case
        when rule_id is not null then owner_id
        when pg_temp.u(task_id, 'open') < 0.05 and task_status = 'todo' then null
        when pg_temp.u(task_id, 'whose') < 0.5 then owner_id
        else tenant_id * 1000 + cast(pg_temp.one_of(
            array['2', '11', '12', '13'], pg_temp.u(task_id, 'who')
        ) as bigint)
    end as assignee_id
from moved
cross join lateral (
    select
        case
            when project_status = 'cancelled' and done_at > horizon - interval '120 days'
                then 'cancelled'
            when is_dropped and created_at + interval '30 hours' < horizon then 'cancelled'
            when is_forgotten then
                case when pg_temp.u(task_id, 'blocked') < 0.4 then 'blocked' else 'todo' end
            when done_at < horizon then 'done'
            when done_at - interval '5 hours' < horizon and begun_at < horizon then 'in_review'
            when begun_at < horizon then 'in_progress'
            else 'todo'
        end as task_status
) as states;

insert into task (
    id, tenant_id, project_id, milestone_id, recurring_task_id, parent_task_id, assignee_id, title,
    status, priority, estimate_minutes, spent_minutes, due_on, started_at, completed_at,
    cancelled_at, created_at, updated_at, created_by
)
select
    task_id, tenant_id, project_id, milestone_id, rule_id, parent_id, assignee_id, title,
    task_status, pg_temp.one_of(
        array['low', 'normal', 'normal', 'normal', 'high', 'urgent'], pg_temp.u(task_id, 'priority')
    ),
    minutes,
    case when task_status in ('done', 'in_review', 'in_progress')
        then floor(minutes * (0.6 + 0.9 * pg_temp.u(task_id, 'spent')))
    end,
    due_day, case when task_status in ('done', 'in_review', 'in_progress') then begun_at end,
    case when task_status = 'done' then done_at end, dropped_at, created_at,
    case task_status
        when 'done' then done_at
        when 'cancelled' then dropped_at
        when 'in_progress' then begun_at
        when 'in_review' then greatest(begun_at, done_at - interval '5 hours')
        else created_at
    end,
    tenant_id * 1000 + 2
from demo_task
order by task_id;

insert into task_watcher (tenant_id, task_id, user_id, created_at, updated_at)
select tenant_id, task_id, owner_id, created_at, created_at
from demo_task
where assignee_id <> owner_id
order by task_id;

-- Each waits for the one before it, where the plan was kept to: also where that is forgotten.
insert into task_dependency (
    tenant_id, task_id, depends_on_task_id, dependency_type, created_at, updated_at
)
select later.tenant_id, later.task_id, earlier.task_id, 'finish_to_start', later.created_at,
    later.created_at
from demo_task as later
inner join demo_task as earlier
    on earlier.task_id = later.task_id - 1 and earlier.milestone_id = later.milestone_id
where
    later.task_status not in ('done', 'in_review', 'in_progress')
    or (earlier.task_status = 'done' and earlier.done_at <= later.begun_at)
order by later.task_id;

create temp table demo_remark on commit drop as
select
    task_id * 10 + nth as remark_id, demo_task.*, nth,
    case nth % 2 when 1 then coalesce(assignee_id, owner_id) else owner_id end as author_id,
    created_at + (ended_at - created_at) * (nth * 0.3) as said_at
from demo_task
cross join lateral (
    select least(
        case task_status when 'done' then done_at when 'cancelled' then dropped_at else horizon end,
        created_at + interval '30 days', horizon
    ) as ended_at
) as ends
cross join lateral generate_series(
    1, width_bucket(pg_temp.u(task_id, 'remarks'), array[0.55, 0.8, 0.93])
) as nth
where rule_id is null;

insert into task_comment (
    id, tenant_id, task_id, author_id, parent_comment_id, body, created_at, updated_at
)
select
    remark_id, tenant_id, task_id, author_id, case when nth = 2 then remark_id - 1 end,
    pg_temp.one_of(
        array['On it.', 'Waiting for the printer.', 'Can you look at this, please?', 'Done so far.',
            'We need two more days.', 'Looks good.'],
        pg_temp.u(remark_id, 'remark')
    ),
    said_at, said_at
from demo_remark
order by remark_id;

insert into task_comment_mention (
    tenant_id, task_comment_id, user_id, read_at, created_at, updated_at
)
select
    tenant_id, remark_id, other_id, case when read_at < horizon then read_at end, said_at,
    case when read_at < horizon then read_at else said_at end
from demo_remark
cross join lateral (
    select
        case when author_id = owner_id then tenant_id * 1000 + 1 else owner_id end as other_id,
        said_at + make_interval(mins => 5 + pg_temp.roll(remark_id, 'mention', 900)) as read_at
) as mentions
where pg_temp.u(remark_id, 'mentions') < 0.35
order by remark_id;

insert into task_attachment (
    id, tenant_id, task_id, task_comment_id, name, url, content_type, size_bytes, uploaded_by,
    created_at, updated_at
)
select
    remark_id, tenant_id, task_id, remark_id, 'picture-' || remark_id || '.jpg',
    'https://files.example/tasks/' || remark_id || '.jpg', 'image/jpeg',
    50000 + pg_temp.roll(remark_id, 'bytes', 2000000), author_id, said_at, said_at
from demo_remark
where pg_temp.u(remark_id, 'attached') < 0.15
order by remark_id;

insert into task_activity (
    id, tenant_id, task_id, performed_by, activity_type, changed_from, changed_to, occurred_at,
    created_at
)
select
    row_number() over (order by occurred_at, task_id, place) + 10000, tenant_id, task_id,
    performed_by, activity_type, changed_from, changed_to, occurred_at, occurred_at
from (
    select task_id, tenant_id, step.*
    from demo_task
    cross join lateral (
        values
        (1, 'created', case when rule_id is null then owner_id end, null, 'todo', created_at),
        (2, 'assigned', owner_id, null, cast(assignee_id as text),
            case when assignee_id is not null then created_at + interval '1 minute' end),
        (3, 'status_changed', assignee_id, 'todo', 'in_progress',
            case when task_status in ('done', 'in_review', 'in_progress') then begun_at end),
        (4, 'status_changed', assignee_id, 'in_progress', 'in_review',
            case when task_status = 'in_review'
                then greatest(begun_at, done_at - interval '5 hours') end),
        (5, 'completed', assignee_id, 'in_progress', 'done',
            case when task_status = 'done' then done_at end),
        (6, 'status_changed', owner_id, 'todo', 'cancelled', dropped_at),
        (7, 'status_changed', assignee_id, 'todo', 'blocked',
            case when task_status = 'blocked' then created_at + interval '90 minutes' end)
    ) as step (place, activity_type, performed_by, changed_from, changed_to, occurred_at)
    where occurred_at is not null
    union all
    select task_id, tenant_id, 10 + nth, 'commented', author_id, null, null, said_at
    from demo_remark
) as events
order by occurred_at, task_id, place;

insert into task_notification (
    id, tenant_id, task_id, user_id, notification_type, delivery_channel, message, sent_at, read_at,
    created_at, updated_at
)
select
    task_id * 10 + place, tenant_id, task_id, assignee_id, notice.kind,
    case when pg_temp.u(assignee_id, 'by mail') < 0.3 then 'email' else 'app' end, notice.kind
        || ': ' || title,
    told_at, case when read_at < horizon then read_at end, told_at,
    case when read_at < horizon then read_at else told_at end
from demo_task
cross join lateral (
    values
    (1, 'assigned', created_at + interval '1 minute'),
    (2, 'due_soon', case
        when task_status <> 'cancelled'
            then (cast(due_day as timestamp) + interval '8 hours') at time zone timezone
    end),
    (3, 'overdue', case
        when task_status <> 'cancelled'
            then (cast(due_day + 1 as timestamp) + interval '8 hours') at time zone timezone
    end)
) as notice (place, kind, told_at)
cross join lateral (
    select told_at + make_interval(mins => pg_temp.roll(task_id * 10 + place, 'seen', 700))
        as read_at
) as seen
where
    assignee_id is not null and told_at < horizon and told_at >= created_at
    and (place = 1 or task_status <> 'done' or done_at > told_at)
order by 1;
