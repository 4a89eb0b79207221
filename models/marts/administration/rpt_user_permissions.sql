{#- What each active user may do now, through which role, and since when. -#}
with

users as (
    select * from {{ ref('stg_system__users') }}
    where deleted_at is null and is_active
),

staff as (
    select * from {{ ref('dim_staff') }}
),

user_roles as (
    select tenant_id, user_id, role_id, min(created_at) as given_at
    from {{ ref('stg_system__user_roles') }}
    group by tenant_id, user_id, role_id
),

roles as (
    select * from {{ ref('stg_system__roles') }}
    where deleted_at is null
),

role_permissions as (
    select
        role_id,
        permission_id,
        case when {{ plausible_moment('created_at') }} then created_at end as created_at
    from {{ ref('stg_system__role_permissions') }}
),

permissions as (
    select * from {{ ref('stg_system__permissions') }}
)

select
    -- keys
    cast(users.tenant_id as bigint) as tenant_id,
    cast(users.user_id as bigint) as user_id,
    cast(roles.role_id as bigint) as role_id,
    cast(permissions.permission_id as bigint) as permission_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(roles.name as text) as role_name,
    cast(permissions.code as text) as permission_code,

    -- timestamps
    cast(
        greatest(user_roles.given_at, role_permissions.created_at) as timestamp with time zone
    ) as allowed_since_at
from users
inner join staff
    on staff.tenant_id = users.tenant_id
    and staff.user_id = users.user_id
inner join user_roles
    on user_roles.tenant_id = users.tenant_id
    and user_roles.user_id = users.user_id
inner join roles
    on roles.tenant_id = user_roles.tenant_id
    and roles.role_id = user_roles.role_id
inner join role_permissions
    on role_permissions.role_id = roles.role_id
inner join permissions
    on permissions.permission_id = role_permissions.permission_id
