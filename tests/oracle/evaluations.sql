-- Evaluations by the words of definitions.md, People: of each person and period, what by how many, how far apart, and
-- the change since the period before; of each criterion; and what nobody has finished or answered.
with

given as (
    select e.*, (
        select trunc(sum(s.score * s.weight) / nullif(sum(s.weight), 0), 4) from performance_score s
        where s.tenant_id = e.tenant_id and s.performance_evaluation_id = e.id
    ) as mark
    from performance_evaluation e
    where e.deleted_at is null and e.status = any (array['submitted', 'acknowledged', 'disputed'])
),

person as (
    select tenant_id, user_id, period_start, period_end, count(*) as evaluators, trunc(avg(mark), 4) as mark,
        max(mark) - min(mark) as apart, min(department_id) as department
    from given group by tenant_id, user_id, period_start, period_end
),

scored as (
    select g.tenant_id, g.user_id, g.period_start, g.period_end, s.performance_criterion_id as criterion,
        trunc(avg(s.score), 4) as mark, max(s.score) - min(s.score) as apart
    from given g
    join performance_score s on s.tenant_id = g.tenant_id and s.performance_evaluation_id = g.id
    group by 1, 2, 3, 4, 5
),

today as (
    select tenant_id, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as day, tz from tenant
)

select tenant_id, 'mark' as figure, concat_ws(' ', user_id, period_start, period_end) as thing, mark as value from person
union all
select tenant_id, 'evaluators', concat_ws(' ', user_id, period_start, period_end), evaluators from person
union all
select tenant_id, 'apart', concat_ws(' ', user_id, period_start, period_end), apart from person where evaluators > 1
union all
select tenant_id, 'department', concat_ws(' ', user_id, period_start, period_end), department from person
union all
select p.tenant_id, 'change', concat_ws(' ', p.user_id, p.period_start, p.period_end), p.mark - (
    select b.mark from person b
    where b.tenant_id = p.tenant_id and b.user_id = p.user_id and b.period_end < p.period_start and b.mark is not null
    order by b.period_end desc, b.period_start desc limit 1
)
from person p
union all
select tenant_id, 'criterion', concat_ws(' ', user_id, period_start, period_end, criterion), mark from scored
union all
select tenant_id, 'criterion apart', concat_ws(' ', user_id, period_start, period_end, criterion), apart from scored
union all
select e.tenant_id, 'unfinished', e.id::text, t.day - e.period_end
from performance_evaluation e join today t using (tenant_id)
where e.deleted_at is null and e.status = 'draft' and e.period_end < t.day
union all
select g.tenant_id, 'unread', g.id::text, t.day - (g.submitted_at at time zone t.tz)::date
from given g join today t using (tenant_id) where g.status = 'submitted'
union all
select tenant_id, 'disputed', id::text, 1 from given where status = 'disputed'
union all
select tenant_id, 'department mark', concat_ws(' ', department, period_start, period_end), trunc(avg(mark), 8)
from person where mark is not null group by tenant_id, department, period_start, period_end
