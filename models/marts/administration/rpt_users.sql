{#- Whom the shop has let in, how much they may do, and when they last did anything. -#}
{%- set use_days = 90 -%}
with

users as (
    select * from {{ ref('stg_system__users') }}
    where deleted_at is null
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

user_roles as (
    select * from {{ ref('stg_system__user_roles') }}
),

roles as (
    select * from {{ ref('stg_system__roles') }}
    where deleted_at is null
),

roles_per_user as (
    select
        user_roles.tenant_id,
        user_roles.user_id,
        string_agg(roles.name, ', ' order by roles.code) as role_names
    from user_roles
    inner join roles
        on roles.tenant_id = user_roles.tenant_id
        and roles.role_id = user_roles.role_id
    group by user_roles.tenant_id, user_roles.user_id
),

user_permissions as (
    select tenant_id, user_id, count(distinct permission_id) as permission_count
    from {{ ref('rpt_user_permissions') }}
    group by tenant_id, user_id
),

acts as (
    select tenant_id, user_id, occurred_at
    from {{ ref('stg_logs__human_logs') }}
    where outcome = 'succeeded' and user_id is not null
    union all
    select tenant_id, user_id, occurred_at
    from {{ ref('stg_history__actions') }}
    where user_id is not null
),

acts_counted as (
    select
        acts.tenant_id,
        acts.user_id,
        max(acts.occurred_at) as last_act_at,
        count(
            case
                when {{ local_date('acts.occurred_at', 'tenants.timezone') }}
                    between tenants.as_of_date - {{ use_days - 1 }} and tenants.as_of_date then 1
            end
        ) as act_count
    from acts
    inner join tenants
        on tenants.tenant_id = acts.tenant_id
    group by acts.tenant_id, acts.user_id
),

users_judged as (
    select
        users.tenant_id,
        users.user_id,
        users.created_at,
        staff.full_name,
        roles_per_user.role_names,
        coalesce(user_permissions.permission_count, 0) as permission_count,
        coalesce(acts_counted.act_count, 0) as act_count,
        acts_counted.last_act_at,
        case
            when not users.is_active then 'inactive'
            when user_permissions.user_id is null then 'without_permissions'
            when acts_counted.act_count > 0 then 'in_use'
            when
                {{ local_date('users.created_at', 'tenants.timezone') }}
                > tenants.as_of_date - {{ use_days }} then 'new'
            else 'without_use'
        end as use_state
    from users
    inner join tenants
        on tenants.tenant_id = users.tenant_id
    inner join staff
        on staff.tenant_id = users.tenant_id
        and staff.user_id = users.user_id
    left join roles_per_user
        on roles_per_user.tenant_id = users.tenant_id
        and roles_per_user.user_id = users.user_id
    left join user_permissions
        on user_permissions.tenant_id = users.tenant_id
        and user_permissions.user_id = users.user_id
    left join acts_counted
        on acts_counted.tenant_id = users.tenant_id
        and acts_counted.user_id = users.user_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(full_name as text) as user_name,
    cast(coalesce(role_names, '') as text) as role_names,
    cast(use_state as text) as use_state,

    -- measures
    cast(permission_count as bigint) as permission_count,
    cast(act_count as bigint) as act_count,

    -- timestamps
    cast(created_at as timestamp with time zone) as created_at,
    cast(last_act_at as timestamp with time zone) as last_act_at
from users_judged
