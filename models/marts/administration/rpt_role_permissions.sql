{#-
    What each role allows, how many active users have it, and how many of them did it lately: on
    screen, by an act of the permission's name. That none did is known where the log and the right
    are old enough.
-#}
{%- set use_days = 90 -%}
with

roles as (
    select * from {{ ref('stg_system__roles') }}
    where deleted_at is null
),

role_permissions as (
    select * from {{ ref('stg_system__role_permissions') }}
),

permissions as (
    select * from {{ ref('stg_system__permissions') }}
),

user_permissions as (
    select * from {{ ref('rpt_user_permissions') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

acts as (
    select
        human_logs.tenant_id,
        human_logs.user_id,
        human_logs.action,
        human_logs.outcome = 'succeeded'
        and {{ local_date('human_logs.occurred_at', 'tenants.timezone') }}
        between tenants.as_of_date - {{ use_days - 1 }} and tenants.as_of_date as is_use
    from {{ ref('stg_logs__human_logs') }} as human_logs
    inner join tenants
        on tenants.tenant_id = human_logs.tenant_id
),

logs_begun as (
    select tenant_id, min(occurred_at) as begun_at
    from {{ ref('stg_logs__human_logs') }}
    group by tenant_id
),

tenants_judged as (
    select
        tenants.*,
        coalesce(
            {{ local_date('logs_begun.begun_at', 'tenants.timezone') }}
            <= tenants.as_of_date - {{ use_days }}, false
        ) as has_old_log
    from tenants
    left join logs_begun
        on logs_begun.tenant_id = tenants.tenant_id
),

acts_by_name as (
    select tenant_id, action
    from acts
    group by tenant_id, action
),

acts_by_user as (
    select tenant_id, user_id, action
    from acts
    where is_use and user_id is not null
    group by tenant_id, user_id, action
),

users_judged as (
    select
        user_permissions.*,
        tenants_judged.has_old_log
        and {{ local_date('user_permissions.allowed_since_at', 'tenants_judged.timezone') }}
        <= tenants_judged.as_of_date - {{ use_days }} as is_judged
    from user_permissions
    inner join tenants_judged
        on tenants_judged.tenant_id = user_permissions.tenant_id
),

users_counted as (
    select
        users_judged.tenant_id,
        users_judged.role_id,
        users_judged.permission_id,
        count(*) as user_count,
        count(acts_by_user.user_id) as using_user_count,
        count(case when users_judged.is_judged then 1 end) as judged_user_count
    from users_judged
    left join acts_by_user
        on acts_by_user.tenant_id = users_judged.tenant_id
        and acts_by_user.user_id = users_judged.user_id
        and acts_by_user.action = users_judged.permission_code
    group by
        users_judged.tenant_id, users_judged.role_id, users_judged.permission_id
)

select
    -- keys
    cast(roles.tenant_id as bigint) as tenant_id,
    cast(roles.role_id as bigint) as role_id,
    cast(permissions.permission_id as bigint) as permission_id,

    -- attributes
    cast(roles.code as text) as role_code,
    cast(roles.name as text) as role_name,
    cast(permissions.code as text) as permission_code,
    cast(permissions.description as text) as permission_description,

    -- measures
    cast(coalesce(users_counted.user_count, 0) as bigint) as user_count,
    cast(
        case
            when users_counted.using_user_count > 0 then users_counted.using_user_count
            when acts_by_name.action is not null and users_counted.judged_user_count > 0 then 0
        end as bigint
    ) as using_user_count,

    -- timestamps
    cast(role_permissions.created_at as timestamp with time zone) as granted_at
from roles
inner join role_permissions
    on role_permissions.role_id = roles.role_id
inner join permissions
    on permissions.permission_id = role_permissions.permission_id
left join users_counted
    on users_counted.tenant_id = roles.tenant_id
    and users_counted.role_id = roles.role_id
    and users_counted.permission_id = permissions.permission_id
left join acts_by_name
    on acts_by_name.tenant_id = roles.tenant_id
    and acts_by_name.action = permissions.code
