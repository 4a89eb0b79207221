{#- Tasks that count, with their project, their local days, and whether they are open and begun. -#}
with

tasks as (
    select * from {{ ref('stg_tasks__tasks') }}
    where deleted_at is null
),

projects as (
    select * from {{ ref('stg_tasks__projects') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

tasks_placed as (
    select
        tasks.*,
        projects.project_id as found_project_id,
        projects.name as project_name,
        tenants.as_of_date,
        tasks.status not in ('done', 'cancelled') as is_open,
        tasks.status in ('in_progress', 'in_review')
        or (tasks.status = 'blocked' and tasks.started_at is not null) as has_begun,
        {{ local_date('tasks.created_at', 'tenants.timezone') }} as created_date,
        {{ local_date('tasks.started_at', 'tenants.timezone') }} as started_date,
        case
            when tasks.status = 'done'
                then {{ local_date('tasks.completed_at', 'tenants.timezone') }}
        end as completed_date,
        case
            when tasks.status = 'cancelled'
                then {{ local_date('tasks.cancelled_at', 'tenants.timezone') }}
        end as cancelled_date,
        {{ local_at('tasks.created_at', 'tenants.timezone') }} as created_at_local,
        case
            when tasks.status = 'done'
                then {{ local_at('tasks.completed_at', 'tenants.timezone') }}
        end as completed_at_local
    from tasks
    inner join tenants
        on tenants.tenant_id = tasks.tenant_id
    left join projects
        on projects.tenant_id = tasks.tenant_id
        and projects.project_id = tasks.project_id
    where projects.deleted_at is null
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(task_id as bigint) as task_id,
    cast(found_project_id as bigint) as project_id,
    cast(milestone_id as bigint) as milestone_id,
    cast(recurring_task_id as bigint) as recurring_task_id,
    cast(parent_task_id as bigint) as parent_task_id,
    cast(assignee_id as bigint) as assignee_id,

    -- attributes
    cast(title as text) as title,
    cast(project_name as text) as project_name,
    cast(status as text) as task_status,
    cast(priority as text) as priority,

    -- measures
    cast(estimate_minutes as integer) as estimate_minutes,
    cast(spent_minutes as integer) as spent_minutes,

    -- flags
    cast(is_open as boolean) as is_open,
    cast(has_begun as boolean) as has_begun,

    -- dates
    cast(as_of_date as date) as as_of_date,
    cast(created_date as date) as created_date,
    cast(started_date as date) as started_date,
    cast(completed_date as date) as completed_date,
    cast(cancelled_date as date) as cancelled_date,
    cast(due_on as date) as due_date,

    -- timestamps
    cast(created_at as timestamp with time zone) as created_at,
    cast(created_at_local as timestamp) as created_at_local,
    cast(completed_at_local as timestamp) as completed_at_local
from tasks_placed
