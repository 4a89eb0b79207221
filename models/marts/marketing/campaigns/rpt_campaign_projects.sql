{#- The projects that carry campaigns out and how far they are; deleted ones are not shown. -#}
with

campaign_projects as (
    select * from {{ ref('stg_marketing__campaign_projects') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

projects as (
    select * from {{ ref('stg_tasks__projects') }}
    where deleted_at is null
),

tasks as (
    select * from {{ ref('stg_tasks__tasks') }}
    where deleted_at is null and status <> 'cancelled'
),

milestones as (
    select * from {{ ref('stg_tasks__milestones') }}
    where deleted_at is null and status <> 'cancelled'
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

tasks_per_project as (
    select
        tasks.tenant_id,
        tasks.project_id,
        count(*) as task_count,
        count(case when tasks.status = 'done' then 1 end) as done_task_count,
        count(
            case when tasks.status <> 'done' and tasks.due_on < tenants.as_of_date then 1 end
        ) as overdue_task_count
    from tasks
    inner join tenants
        on tenants.tenant_id = tasks.tenant_id
    where tasks.project_id is not null
    group by tasks.tenant_id, tasks.project_id
),

milestones_per_project as (
    select
        tenant_id,
        project_id,
        count(*) as milestone_count,
        count(case when status = 'reached' then 1 end) as reached_milestone_count
    from milestones
    group by tenant_id, project_id
)

select
    -- keys
    cast(campaign_projects.tenant_id as bigint) as tenant_id,
    cast(campaign_projects.campaign_id as bigint) as campaign_id,
    cast(campaign_projects.project_id as bigint) as project_id,
    cast(projects.owner_id as bigint) as owner_id,

    -- attributes
    cast(campaigns.campaign_name as text) as campaign_name,
    cast(projects.name as text) as project_name,
    cast(projects.status as text) as project_status,
    cast(projects.priority as text) as project_priority,
    cast(staff.full_name as text) as owner_name,

    -- measures
    cast(projects.budget_amount as numeric(18, 2)) as budget_amount,
    cast(coalesce(tasks_per_project.task_count, 0) as bigint) as task_count,
    cast(coalesce(tasks_per_project.done_task_count, 0) as bigint) as done_task_count,
    cast(coalesce(tasks_per_project.overdue_task_count, 0) as bigint) as overdue_task_count,
    cast(coalesce(milestones_per_project.milestone_count, 0) as bigint) as milestone_count,
    cast(coalesce(milestones_per_project.reached_milestone_count, 0) as bigint)
        as reached_milestone_count,
    cast(
        {{ ratio('tasks_per_project.done_task_count', 'tasks_per_project.task_count') }}
        as numeric(28, 8)
    ) as done_rate,

    -- flags
    cast(
        coalesce(
            projects.status not in ('completed', 'cancelled')
            and projects.due_on < tenants.as_of_date, false
        ) as boolean
    ) as is_overdue,

    -- dates
    cast(projects.starts_on as date) as start_date,
    cast(projects.due_on as date) as due_date,
    cast({{ local_date('projects.completed_at', 'tenants.timezone') }} as date) as completed_date
from campaign_projects
inner join campaigns
    on campaigns.tenant_id = campaign_projects.tenant_id
    and campaigns.campaign_id = campaign_projects.campaign_id
inner join projects
    on projects.tenant_id = campaign_projects.tenant_id
    and projects.project_id = campaign_projects.project_id
inner join tenants
    on tenants.tenant_id = campaign_projects.tenant_id
left join staff
    on staff.tenant_id = projects.tenant_id
    and staff.user_id = projects.owner_id
left join tasks_per_project
    on tasks_per_project.tenant_id = campaign_projects.tenant_id
    and tasks_per_project.project_id = campaign_projects.project_id
left join milestones_per_project
    on milestones_per_project.tenant_id = campaign_projects.tenant_id
    and milestones_per_project.project_id = campaign_projects.project_id
