-- What became of tasks, per local day, project, priority and measure, by the words of definitions.md, Projects: counts,
-- and for medians and percentiles the days of each task by itself.
select tenant_id, 'tasks_created' as metric, made as day, project_id, priority, id, 1 as value from work
union all
select tenant_id, 'tasks_completed', done, project_id, priority, id, 1 from work where done is not null
union all
select tenant_id, 'tasks_completed_of_due', done, project_id, priority, id, 1
from work where done is not null and due_on is not null
union all
select tenant_id, 'tasks_on_time', done, project_id, priority, id, 1 from work where done <= due_on
union all
select tenant_id, 'lead', done, project_id, priority, id, done - made from work where done >= made
union all
select tenant_id, 'cycle', done, project_id, priority, id, done - begun from work where done >= begun
