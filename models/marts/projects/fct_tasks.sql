{#- Tasks: how far each is, how long it took or has been open, and what it waits for. -#}
with

tasks as (
    select * from {{ ref('int_projects__tasks_dated') }}
),

dependencies as (
    select * from {{ ref('stg_tasks__task_dependencies') }}
),

comments as (
    select * from {{ ref('stg_tasks__task_comments') }}
    where deleted_at is null
),

activities as (
    select * from {{ ref('stg_tasks__task_activities') }}
),

watchers as (
    select * from {{ ref('stg_tasks__task_watchers') }}
),

attachments as (
    select * from {{ ref('stg_tasks__task_attachments') }}
    where deleted_at is null
),

notifications as (
    select * from {{ ref('stg_tasks__task_notifications') }}
    where sent_at is not null
),

mentions as (
    select * from {{ ref('rpt_task_mentions') }}
    where is_unanswered
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

waits as (
    select waiting.tenant_id, waiting.task_id, earlier.task_id as earlier_task_id
    from dependencies
    inner join tasks as waiting
        on waiting.tenant_id = dependencies.tenant_id
        and waiting.task_id = dependencies.task_id
    inner join tasks as earlier
        on earlier.tenant_id = dependencies.tenant_id
        and earlier.task_id = dependencies.depends_on_task_id
    where waiting.is_open
        and earlier.is_open
        and not (dependencies.dependency_type = 'start_to_start' and earlier.has_begun)
),

others_per_task as (
    select tenant_id, task_id, count(*) as waits_for_count
    from waits
    group by tenant_id, task_id
),

waiting_per_task as (
    select tenant_id, earlier_task_id as task_id, count(*) as holds_up_count
    from waits
    group by tenant_id, earlier_task_id
),

comments_numbered as (
    select
        tenant_id, task_id, author_id, created_at,
        count(*) over (partition by tenant_id, task_id) as comment_count,
        row_number() over (
            partition by tenant_id, task_id order by created_at desc, task_comment_id desc
        ) as place
    from comments
),

last_comments as (
    select * from comments_numbered
    where place = 1
),

activities_per_task as (
    select tenant_id, task_id, max(occurred_at) as last_at
    from activities
    group by tenant_id, task_id
),

watchers_per_task as (
    select tenant_id, task_id, count(*) as watcher_count
    from watchers
    group by tenant_id, task_id
),

attachments_per_task as (
    select tenant_id, task_id, count(*) as attachment_count
    from attachments
    group by tenant_id, task_id
),

notifications_per_task as (
    select
        tenant_id, task_id, count(case when read_at is null then 1 end) as unread_notice_count
    from notifications
    group by tenant_id, task_id
),

mentions_per_task as (
    select tenant_id, task_id, count(*) as unanswered_mention_count
    from mentions
    group by tenant_id, task_id
),

tasks_joined as (
    select
        tasks.*,
        staff.full_name as assignee_name,
        coalesce(others.waits_for_count, 0) as waits_for_count,
        coalesce(waiting.holds_up_count, 0) as holds_up_count,
        coalesce(last_comments.comment_count, 0) as comment_count,
        coalesce(watchers_per_task.watcher_count, 0) as watcher_count,
        coalesce(attachments_per_task.attachment_count, 0) as attachment_count,
        coalesce(notices.unread_notice_count, 0) as unread_notice_count,
        coalesce(mentions_per_task.unanswered_mention_count, 0) as unanswered_mention_count,
        coalesce(tasks.is_open and tasks.due_date < tasks.as_of_date, false) as is_overdue,
        coalesce(
            tasks.is_open and last_comments.author_id <> tasks.assignee_id, false
        ) as has_unanswered_comment,
        {{ local_date('last_comments.created_at', 'tenants.timezone') }} as last_comment_date,
        {{ local_date('activities_per_task.last_at', 'tenants.timezone') }} as last_activity_date
    from tasks
    inner join tenants
        on tenants.tenant_id = tasks.tenant_id
    left join staff
        on staff.tenant_id = tasks.tenant_id
        and staff.user_id = tasks.assignee_id
    left join others_per_task as others
        on others.tenant_id = tasks.tenant_id
        and others.task_id = tasks.task_id
    left join waiting_per_task as waiting
        on waiting.tenant_id = tasks.tenant_id
        and waiting.task_id = tasks.task_id
    left join last_comments
        on last_comments.tenant_id = tasks.tenant_id
        and last_comments.task_id = tasks.task_id
    left join activities_per_task
        on activities_per_task.tenant_id = tasks.tenant_id
        and activities_per_task.task_id = tasks.task_id
    left join watchers_per_task
        on watchers_per_task.tenant_id = tasks.tenant_id
        and watchers_per_task.task_id = tasks.task_id
    left join attachments_per_task
        on attachments_per_task.tenant_id = tasks.tenant_id
        and attachments_per_task.task_id = tasks.task_id
    left join notifications_per_task as notices
        on notices.tenant_id = tasks.tenant_id
        and notices.task_id = tasks.task_id
    left join mentions_per_task
        on mentions_per_task.tenant_id = tasks.tenant_id
        and mentions_per_task.task_id = tasks.task_id
),

tasks_aged as (
    select
        *,
        case when is_open then greatest(as_of_date - created_date, 0) end as age_days
    from tasks_joined
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(task_id as bigint) as task_id,
    cast(project_id as bigint) as project_id,
    cast(milestone_id as bigint) as milestone_id,
    cast(recurring_task_id as bigint) as recurring_task_id,
    cast(parent_task_id as bigint) as parent_task_id,
    cast(assignee_id as bigint) as assignee_id,

    -- attributes
    cast(title as text) as title,
    cast(project_name as text) as project_name,
    cast(assignee_name as text) as assignee_name,
    cast(task_status as text) as task_status,
    cast(priority as text) as priority,
    cast(
        case
            when age_days <= 7 then 'up_to_7'
            when age_days <= 30 then 'up_to_30'
            when age_days <= 90 then 'up_to_90'
            when age_days > 90 then 'over_90'
        end as text
    ) as age_band,

    -- measures
    cast(
        case
            when completed_date >= created_date then completed_date - created_date
        end as integer
    ) as lead_days,
    cast(
        case
            when completed_date >= started_date then completed_date - started_date
        end as integer
    ) as cycle_days,
    cast(age_days as integer) as age_days,
    cast(
        case
            when is_open and has_begun and started_date is not null
                then greatest(as_of_date - started_date, 0)
        end as integer
    ) as progress_days,
    cast(
        case
            when is_open
                then greatest(
                    as_of_date - greatest(
                        coalesce(last_comment_date, last_activity_date, created_date),
                        coalesce(last_activity_date, last_comment_date, created_date)
                    ),
                    0
                )
        end as integer
    ) as quiet_days,
    cast(
        case
            when is_overdue then as_of_date - due_date
            when completed_date > due_date then completed_date - due_date
        end as integer
    ) as late_days,
    cast(
        case
            when has_unanswered_comment then greatest(as_of_date - last_comment_date, 0)
        end as integer
    ) as comment_wait_days,
    cast(waits_for_count as integer) as waits_for_count,
    cast(holds_up_count as integer) as holds_up_count,
    cast(comment_count as integer) as comment_count,
    cast(unanswered_mention_count as integer) as unanswered_mention_count,
    cast(watcher_count as integer) as watcher_count,
    cast(attachment_count as integer) as attachment_count,
    cast(unread_notice_count as integer) as unread_notice_count,
    cast(
        case
            when is_open and estimate_minutes is not null
                then greatest(
                    cast(estimate_minutes as bigint) - coalesce(spent_minutes, 0), 0
                )
        end as bigint
    ) as left_minutes,

    -- flags
    cast(is_open as boolean) as is_open,
    cast(is_open and has_begun as boolean) as is_in_progress,
    cast(assignee_id is null as boolean) as lacks_assignee,
    cast(is_open and estimate_minutes is null as boolean) as lacks_estimate,
    cast(is_overdue as boolean) as is_overdue,
    cast(is_open and (task_status = 'blocked' or waits_for_count > 0) as boolean) as is_blocked,
    cast(coalesce(completed_date <= due_date, false) as boolean) as was_on_time,
    cast(coalesce(completed_date > due_date, false) as boolean) as was_late,
    cast(has_unanswered_comment as boolean) as has_unanswered_comment,

    -- dates
    cast(created_date as date) as created_date,
    cast(started_date as date) as started_date,
    cast(completed_date as date) as completed_date,
    cast(cancelled_date as date) as cancelled_date,
    cast(due_date as date) as due_date,

    -- timestamps
    cast(created_at_local as timestamp) as created_at_local,
    cast(completed_at_local as timestamp) as completed_at_local
from tasks_aged
