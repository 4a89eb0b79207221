-- Where work stands, one row per thing and figure, by the words of definitions.md, Projects: tasks in their states and
-- what holds them up, work at the end of days, milestones, turns of recurring tasks, mentions. `thing` is an id, of turns the
-- rule's and the day, of mentions the comment's and the person.
with

waiting as (
    select w.tenant_id, w.id, count(*) as others
    from work w
    join task_dependency d on d.tenant_id = w.tenant_id and d.task_id = w.id
    join work o on o.tenant_id = d.tenant_id and o.id = d.depends_on_task_id
    where w.is_open and o.is_open and case when d.dependency_type = 'start_to_start' then not o.has_begun else true end
    group by w.tenant_id, w.id
),

closed as (
    select w.*, case when is_open then 'infinity'::date else coalesce(done, dropped) end as over from work w
),

point as (
    select m.*, h.today, case when m.status = 'reached' then (m.reached_at at time zone h.tz)::date end as reached
    from milestone m
    join house h using (tenant_id)
    join standing p on p.tenant_id = m.tenant_id and p.id = m.project_id
    where m.deleted_at is null
),

turn_tasks as (
    select t.tenant_id, t.rule_id, t.day, t.due, t.today, t.is_active, count(w.id) as tasks,
        count(*) filter (where w.is_open) as open_ones, count(*) filter (where w.status = 'done') as done_ones,
        bool_and(w.done is not null) filter (where w.status = 'done') as all_dated, max(w.done) as last_done
    from turn t
    left join work w on w.tenant_id = t.tenant_id and w.rule_id = t.rule_id
        and w.made >= t.day and w.made < coalesce(t.following, 'infinity')
    group by t.tenant_id, t.rule_id, t.day, t.due, t.today, t.is_active
),

told as (
    select tenant_id, 'task ' || status as figure, id::text as thing,
        case when is_open then greatest(today - made, 0) else -1 end as value
    from work
    union all
    select tenant_id, 'task overdue', id::text, today - due_on from work where is_open and due_on < today
    union all
    select tenant_id, 'task late', id::text, done - due_on from work where done > due_on
    union all
    select tenant_id, 'task begun', id::text, case when has_start then greatest(today - begun, 0) else -1 end
    from work where is_open and has_begun
    union all
    select tenant_id, 'task waits', id::text, others from waiting
    union all
    select w.tenant_id, 'task blocked', w.id::text, 1 from work w
    where w.status = 'blocked' or exists (select from waiting x where x.tenant_id = w.tenant_id and x.id = w.id)
    union all
    select tenant_id, 'task left', id::text, greatest(estimate_minutes - coalesce(spent_minutes, 0), 0)
    from work where is_open and estimate_minutes is not null
    union all
    select w.tenant_id, 'task quiet', w.id::text, greatest(w.today - coalesce((
        select max(moved.day) from (
            select s.day from said s where s.tenant_id = w.tenant_id and s.task_id = w.id
            union all
            select (a.occurred_at at time zone h.tz)::date from task_activity a join house h using (tenant_id)
            where a.tenant_id = w.tenant_id and a.task_id = w.id
        ) as moved
    ), w.made), 0)
    from work w where w.is_open
    union all
    select w.tenant_id, 'task comment unanswered', w.id::text, greatest(w.today - l.day, 0)
    from work w
    cross join lateral (
        select s.author_id, s.day from said s where s.tenant_id = w.tenant_id and s.task_id = w.id
        order by s.created_at desc, s.id desc limit 1
    ) as l
    where w.is_open and l.author_id <> w.assignee_id
    union all
    select s.tenant_id, 'mention unanswered', s.id || ' ' || m.user_id, greatest(s.today - s.day, 0)
    from task_comment_mention m join said s on s.tenant_id = m.tenant_id and s.id = m.task_comment_id
    where s.is_open and m.user_id <> s.author_id and not exists (
        select from said r where r.tenant_id = s.tenant_id and r.task_id = s.task_id
            and r.author_id = m.user_id and r.created_at > s.created_at
    )
    union all
    select h.tenant_id, 'open', d::date::text, (
        select count(*) from closed c
        where c.tenant_id = h.tenant_id and c.made <= d::date and c.over > d::date
    )
    from house h cross join lateral generate_series(h.today - 60, h.today, interval '1 day') as d
    union all
    select h.tenant_id, 'in progress', d::date::text, (
        select count(*) from closed c
        where c.tenant_id = h.tenant_id and c.begun <= d::date and c.over > d::date and (c.has_begun or not c.is_open)
    )
    from house h cross join lateral generate_series(h.today - 60, h.today, interval '1 day') as d
    union all
    select p.tenant_id, 'milestone ' || case
        when p.status = 'cancelled' then 'cancelled'
        when p.status = 'planned' and p.due_on is not null then case when p.due_on < p.today then 'overdue' else 'planned' end
        when p.reached is not null and p.due_on is not null
            then case when p.reached > p.due_on then 'slipped' else 'hit' end
        else 'no_date'
    end, p.id::text, case
        when p.status = 'reached' then p.reached - p.due_on
        when p.status = 'planned' and p.due_on < p.today then p.today - p.due_on
    end
    from point p
    union all
    select tenant_id, 'turn ' || case
        when done_ones > 0 and open_ones = 0 then case
            when not all_dated then 'done' when last_done > due then 'late' else 'on_time'
        end
        when due >= today then 'not_due'
        when tasks = 0 then 'not_made'
        when open_ones > 0 then 'not_done'
        else 'given_up'
    end, rule_id || ' ' || day, tasks
    from turn_tasks where is_active or tasks > 0
    union all
    select p.tenant_id, 'project', p.id::text, (
        select count(*) from work w where w.tenant_id = p.tenant_id and w.project_id = p.id
    )
    from standing p
)

select tenant_id, figure, thing, value from told
