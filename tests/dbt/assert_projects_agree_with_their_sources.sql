-- Fails when tasks are lost or doubled (by state, by project and without one they are all that
-- stand), or when a milestone or a mention is.
with

tasks_standing as (
    select tasks.tenant_id, tasks.task_id
    from {{ ref('stg_tasks__tasks') }} as tasks
    left join {{ ref('stg_tasks__projects') }} as projects
        on projects.tenant_id = tasks.tenant_id
        and projects.project_id = tasks.project_id
    where tasks.deleted_at is null and projects.deleted_at is null
),

expected as (
    select tenant_id, 'tasks' as figure, count(*) as amount
    from tasks_standing
    group by tenant_id
    union all
    select milestones.tenant_id, 'milestones' as figure, count(*) as amount
    from {{ ref('stg_tasks__milestones') }} as milestones
    inner join {{ ref('stg_tasks__projects') }} as projects
        on projects.tenant_id = milestones.tenant_id
        and projects.project_id = milestones.project_id
    where milestones.deleted_at is null and projects.deleted_at is null
    group by milestones.tenant_id
    union all
    select mentions.tenant_id, 'mentions' as figure, count(*) as amount
    from {{ ref('stg_tasks__task_comment_mentions') }} as mentions
    inner join {{ ref('stg_tasks__task_comments') }} as comments
        on comments.tenant_id = mentions.tenant_id
        and comments.task_comment_id = mentions.task_comment_id
        and comments.deleted_at is null
    inner join tasks_standing
        on tasks_standing.tenant_id = comments.tenant_id
        and tasks_standing.task_id = comments.task_id
    group by mentions.tenant_id
),

actual as (
    select tenant_id, 'tasks' as figure, cast(sum(task_count) as bigint) as amount
    from (
        select
            tenant_id,
            todo_task_count + in_progress_task_count + in_review_task_count + blocked_task_count
            + done_task_count + cancelled_task_count as task_count
        from {{ ref('rpt_projects') }}
        union all
        select tenant_id, 1 as task_count
        from {{ ref('fct_tasks') }}
        where project_id is null
    ) as tasks_per_project
    group by tenant_id
    having sum(task_count) > 0
    union all
    select tenant_id, 'milestones' as figure, count(*) as amount
    from {{ ref('rpt_milestones') }}
    group by tenant_id
    union all
    select tenant_id, 'mentions' as figure, count(*) as amount
    from {{ ref('rpt_task_mentions') }}
    group by tenant_id
)

{{ sums_that_differ() }}
