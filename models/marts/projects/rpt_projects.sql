{#- Projects that stand: how far their tasks and milestones are, and who answers for them. -#}
{%- set statuses = ['todo', 'in_progress', 'in_review', 'blocked', 'done', 'cancelled'] %}
{%- set outcomes = ['hit', 'slipped', 'overdue', 'planned', 'cancelled', 'no_date'] -%}
with

projects as (
    select * from {{ ref('stg_tasks__projects') }}
    where deleted_at is null
),

departments as (
    select * from {{ ref('stg_performance__departments') }}
),

tasks as (
    select * from {{ ref('fct_tasks') }}
),

milestones as (
    select * from {{ ref('rpt_milestones') }}
),

files as (
    select * from {{ ref('stg_tasks__project_files') }}
    where deleted_at is null
),

campaign_projects as (
    select * from {{ ref('stg_marketing__campaign_projects') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

tasks_per_project as (
    select
        tenant_id,
        project_id,
        count(*) as task_count,
        {%- for status in statuses %}
        count(case when task_status = '{{ status }}' then 1 end) as {{ status }}_task_count,
        {%- endfor %}
        count(case when is_overdue then 1 end) as overdue_task_count,
        count(case when is_blocked then 1 end) as held_up_task_count
    from tasks
    group by tenant_id, project_id
),

milestones_per_project as (
    select
        tenant_id,
        project_id,
        {%- for outcome in outcomes %}
        count(case when outcome = '{{ outcome }}' then 1 end) as {{ outcome }}_milestone_count,
        {%- endfor %}
        count(*) as milestone_count
    from milestones
    group by tenant_id, project_id
),

files_per_project as (
    select
        tenant_id, project_id, count(*) as file_count
    from (
        select distinct tenant_id, project_id, folder, name
        from files
    ) as files_named
    group by tenant_id, project_id
),

campaigns_per_project as (
    select tenant_id, project_id, count(*) as campaign_count
    from campaign_projects
    group by tenant_id, project_id
)

select
    -- keys
    cast(projects.tenant_id as bigint) as tenant_id,
    cast(projects.project_id as bigint) as project_id,
    cast(projects.owner_id as bigint) as owner_id,

    -- attributes
    cast(projects.code as text) as project_code,
    cast(projects.name as text) as project_name,
    cast(projects.status as text) as project_status,
    cast(projects.priority as text) as priority,
    cast(departments.name as text) as department_name,
    cast(staff.full_name as text) as owner_name,

    -- measures
    cast(projects.budget_amount as numeric(18, 2)) as budget_amount,
    cast(coalesce(tasks_per_project.task_count, 0) as integer) as task_count,
    {%- for status in statuses %}
    cast(coalesce(tasks_per_project.{{ status }}_task_count, 0) as integer)
        as {{ status }}_task_count,
    {%- endfor %}
    cast(coalesce(tasks_per_project.overdue_task_count, 0) as integer) as overdue_task_count,
    cast(coalesce(tasks_per_project.held_up_task_count, 0) as integer) as held_up_task_count,
    cast(coalesce(milestones_per_project.milestone_count, 0) as integer) as milestone_count,
    {%- for outcome in outcomes %}
    cast(coalesce(milestones_per_project.{{ outcome }}_milestone_count, 0) as integer)
        as {{ outcome }}_milestone_count,
    {%- endfor %}
    cast(coalesce(files_per_project.file_count, 0) as integer) as file_count,
    cast(coalesce(campaigns_per_project.campaign_count, 0) as integer) as campaign_count,
    cast(
        {{ ratio(
            'tasks_per_project.done_task_count',
            '(tasks_per_project.task_count - tasks_per_project.cancelled_task_count)',
        ) }} as numeric(28, 8)
    ) as done_rate,
    cast(
        case
            when projects.status not in ('completed', 'cancelled')
                and projects.due_on < tenants.as_of_date
                then tenants.as_of_date - projects.due_on
        end as integer
    ) as late_days,

    -- flags
    cast(projects.status not in ('completed', 'cancelled') as boolean) as is_open,
    cast(
        coalesce(
            projects.status not in ('completed', 'cancelled')
            and projects.due_on < tenants.as_of_date, false
        ) as boolean
    ) as is_overdue,

    -- dates
    cast(projects.starts_on as date) as start_date,
    cast(projects.due_on as date) as due_date,
    cast(
        case
            when projects.status = 'completed'
                then {{ local_date('projects.completed_at', 'tenants.timezone') }}
        end as date
    ) as completed_date
from projects
inner join tenants
    on tenants.tenant_id = projects.tenant_id
left join departments
    on departments.tenant_id = projects.tenant_id
    and departments.department_id = projects.department_id
left join staff
    on staff.tenant_id = projects.tenant_id
    and staff.user_id = projects.owner_id
left join tasks_per_project
    on tasks_per_project.tenant_id = projects.tenant_id
    and tasks_per_project.project_id = projects.project_id
left join milestones_per_project
    on milestones_per_project.tenant_id = projects.tenant_id
    and milestones_per_project.project_id = projects.project_id
left join files_per_project
    on files_per_project.tenant_id = projects.tenant_id
    and files_per_project.project_id = projects.project_id
left join campaigns_per_project
    on campaigns_per_project.tenant_id = projects.tenant_id
    and campaigns_per_project.project_id = projects.project_id
