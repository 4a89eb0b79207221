{#-
    What became of the days on which recurring tasks were to be made: done, missed or not due yet.
-#}
with

turns as (
    select * from {{ ref('int_projects__turns_listed') }}
),

tasks as (
    select * from {{ ref('int_projects__tasks_dated') }}
    where recurring_task_id is not null
),

assignees as (
    select * from {{ ref('stg_tasks__recurring_task_assignees') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

assignees_per_rule as (
    select
        tenant_id, recurring_task_id, min(user_id) as assignee_id, count(*) as assignee_count
    from assignees
    group by tenant_id, recurring_task_id
),

tasks_per_turn as (
    select
        turns.tenant_id,
        turns.recurring_task_id,
        turns.turn_date,
        count(*) as task_count,
        count(case when tasks.is_open then 1 end) as open_count,
        count(case when tasks.task_status = 'done' then 1 end) as done_count,
        count(tasks.completed_date) as dated_count,
        max(tasks.completed_date) as done_date
    from turns
    inner join tasks
        on tasks.tenant_id = turns.tenant_id
        and tasks.recurring_task_id = turns.recurring_task_id
        and tasks.created_date >= turns.turn_date
        and (tasks.created_date < turns.next_turn_date or turns.next_turn_date is null)
    group by turns.tenant_id, turns.recurring_task_id, turns.turn_date
),

turns_judged as (
    select
        turns.*,
        coalesce(tasks_per_turn.task_count, 0) as task_count,
        case
            when tasks_per_turn.done_count > 0 and tasks_per_turn.open_count = 0
                then case
                    when tasks_per_turn.dated_count < tasks_per_turn.done_count then 'done'
                    when tasks_per_turn.done_date <= turns.due_date then 'on_time'
                    else 'late'
                end
            when turns.due_date >= turns.as_of_date then 'not_due'
            when tasks_per_turn.task_count is null then 'not_made'
            when tasks_per_turn.open_count = 0 then 'given_up'
            else 'not_done'
        end as outcome,
        case
            when tasks_per_turn.open_count = 0
                and tasks_per_turn.dated_count = tasks_per_turn.done_count
                then tasks_per_turn.done_date
        end as done_date
    from turns
    left join tasks_per_turn
        on tasks_per_turn.tenant_id = turns.tenant_id
        and tasks_per_turn.recurring_task_id = turns.recurring_task_id
        and tasks_per_turn.turn_date = turns.turn_date
    where turns.is_active or tasks_per_turn.task_count is not null
)

select
    -- keys
    cast(turns_judged.tenant_id as bigint) as tenant_id,
    cast(turns_judged.recurring_task_id as bigint) as recurring_task_id,
    cast(turns_judged.project_id as bigint) as project_id,
    cast(assignees_per_rule.assignee_id as bigint) as assignee_id,

    -- attributes
    cast(turns_judged.title as text) as title,
    cast(turns_judged.project_name as text) as project_name,
    cast(turns_judged.frequency as text) as frequency,
    cast(turns_judged.outcome as text) as outcome,
    cast(staff.full_name as text) as assignee_name,

    -- measures
    cast(coalesce(assignees_per_rule.assignee_count, 0) as integer) as assignee_count,
    cast(turns_judged.task_count as integer) as task_count,

    -- flags
    cast(turns_judged.outcome = 'on_time' as boolean) as was_on_time,
    cast(turns_judged.outcome = 'late' as boolean) as was_late,
    cast(turns_judged.outcome in ('not_made', 'given_up', 'not_done') as boolean) as is_missed,
    cast(turns_judged.due_date < turns_judged.as_of_date as boolean) as was_due,

    -- dates
    cast(turns_judged.turn_date as date) as turn_date,
    cast(turns_judged.due_date as date) as due_date,
    cast(turns_judged.done_date as date) as done_date
from turns_judged
left join assignees_per_rule
    on assignees_per_rule.tenant_id = turns_judged.tenant_id
    and assignees_per_rule.recurring_task_id = turns_judged.recurring_task_id
left join staff
    on staff.tenant_id = turns_judged.tenant_id
    and staff.user_id = assignees_per_rule.assignee_id
