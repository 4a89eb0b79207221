{#- Whom comments on tasks name, and whether they have commented since. -#}
with

tasks as (
    select * from {{ ref('int_projects__tasks_dated') }}
),

comments as (
    select * from {{ ref('stg_tasks__task_comments') }}
    where deleted_at is null
),

mentions as (
    select * from {{ ref('stg_tasks__task_comment_mentions') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

last_comments_per_author as (
    select tenant_id, task_id, author_id, max(created_at) as last_at
    from comments
    group by tenant_id, task_id, author_id
),

mentions_placed as (
    select
        mentions.tenant_id,
        mentions.task_comment_id,
        mentions.user_id,
        comments.author_id,
        comments.task_id,
        tasks.project_id,
        tasks.title,
        tasks.project_name,
        tasks.as_of_date,
        mentions.read_at is not null as was_read,
        coalesce(own.last_at > comments.created_at, false) as was_answered,
        tasks.is_open and mentions.user_id <> comments.author_id as needs_answer,
        {{ local_date('comments.created_at', 'tenants.timezone') }} as mentioned_date
    from mentions
    inner join comments
        on comments.tenant_id = mentions.tenant_id
        and comments.task_comment_id = mentions.task_comment_id
    inner join tasks
        on tasks.tenant_id = comments.tenant_id
        and tasks.task_id = comments.task_id
    inner join tenants
        on tenants.tenant_id = mentions.tenant_id
    left join last_comments_per_author as own
        on own.tenant_id = comments.tenant_id
        and own.task_id = comments.task_id
        and own.author_id = mentions.user_id
)

select
    -- keys
    cast(mentions_placed.tenant_id as bigint) as tenant_id,
    cast(mentions_placed.task_comment_id as bigint) as task_comment_id,
    cast(mentions_placed.user_id as bigint) as user_id,
    cast(mentions_placed.author_id as bigint) as author_id,
    cast(mentions_placed.task_id as bigint) as task_id,
    cast(mentions_placed.project_id as bigint) as project_id,

    -- attributes
    cast(mentions_placed.title as text) as title,
    cast(mentions_placed.project_name as text) as project_name,
    cast(named.full_name as text) as user_name,
    cast(authors.full_name as text) as author_name,

    -- measures
    cast(
        case
            when mentions_placed.needs_answer and not mentions_placed.was_answered
                then greatest(mentions_placed.as_of_date - mentions_placed.mentioned_date, 0)
        end as integer
    ) as wait_days,

    -- flags
    cast(mentions_placed.was_read as boolean) as was_read,
    cast(mentions_placed.was_answered as boolean) as was_answered,
    cast(mentions_placed.needs_answer and not mentions_placed.was_answered as boolean)
        as is_unanswered,

    -- dates
    cast(mentions_placed.mentioned_date as date) as mentioned_date
from mentions_placed
left join staff as named
    on named.tenant_id = mentions_placed.tenant_id
    and named.user_id = mentions_placed.user_id
left join staff as authors
    on authors.tenant_id = mentions_placed.tenant_id
    and authors.user_id = mentions_placed.author_id
