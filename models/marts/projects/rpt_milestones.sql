{#- Points that projects are to reach: hit, slipped or overdue, and by how many days. -#}
with

milestones as (
    select * from {{ ref('stg_tasks__milestones') }}
    where deleted_at is null
),

projects as (
    select * from {{ ref('stg_tasks__projects') }}
    where deleted_at is null
),

tasks as (
    select * from {{ ref('int_projects__tasks_dated') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

tasks_per_milestone as (
    select
        tenant_id, milestone_id, count(*) as task_count,
        count(case when is_open then 1 end) as open_task_count
    from tasks
    where milestone_id is not null
    group by tenant_id, milestone_id
),

milestones_dated as (
    select
        milestones.*,
        projects.name as project_name,
        staff.full_name as owner_name,
        tenants.as_of_date,
        coalesce(tasks_per_milestone.task_count, 0) as task_count,
        coalesce(tasks_per_milestone.open_task_count, 0) as open_task_count,
        case
            when milestones.status = 'reached'
                then {{ local_date('milestones.reached_at', 'tenants.timezone') }}
        end as reached_date
    from milestones
    inner join projects
        on projects.tenant_id = milestones.tenant_id
        and projects.project_id = milestones.project_id
    inner join tenants
        on tenants.tenant_id = milestones.tenant_id
    left join staff
        on staff.tenant_id = milestones.tenant_id
        and staff.user_id = milestones.owner_id
    left join tasks_per_milestone
        on tasks_per_milestone.tenant_id = milestones.tenant_id
        and tasks_per_milestone.milestone_id = milestones.milestone_id
),

milestones_judged as (
    select
        *,
        case
            when status = 'cancelled' then 'cancelled'
            when reached_date <= due_on then 'hit'
            when reached_date > due_on then 'slipped'
            when status = 'planned' and due_on < as_of_date then 'overdue'
            when status = 'planned' and due_on >= as_of_date then 'planned'
            else 'no_date'
        end as outcome
    from milestones_dated
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(milestone_id as bigint) as milestone_id,
    cast(project_id as bigint) as project_id,
    cast(owner_id as bigint) as owner_id,

    -- attributes
    cast(name as text) as milestone_name,
    cast(project_name as text) as project_name,
    cast(owner_name as text) as owner_name,
    cast(outcome as text) as outcome,

    -- measures
    cast(position as integer) as position,
    cast(task_count as integer) as task_count,
    cast(open_task_count as integer) as open_task_count,
    cast(
        case
            when outcome in ('hit', 'slipped') then reached_date - due_on
            when outcome = 'overdue' then as_of_date - due_on
        end as integer
    ) as slip_days,

    -- dates
    cast(due_on as date) as due_date,
    cast(reached_date as date) as reached_date
from milestones_judged
