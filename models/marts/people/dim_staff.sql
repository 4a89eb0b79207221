with

users as (
    select * from {{ ref('stg_system__users') }}
),

user_roles as (
    select * from {{ ref('stg_system__user_roles') }}
),

roles as (
    select * from {{ ref('stg_system__roles') }}
),

roles_per_user as (
    select
        user_roles.tenant_id,
        user_roles.user_id,
        string_agg(roles.code, ', ' order by roles.code) as role_codes
    from user_roles
    inner join roles
        on roles.tenant_id = user_roles.tenant_id
        and roles.role_id = user_roles.role_id
    group by user_roles.tenant_id, user_roles.user_id
)

select
    -- keys
    cast(users.tenant_id as bigint) as tenant_id,
    cast(users.user_id as bigint) as user_id,
    cast(users.manager_id as bigint) as manager_id,

    -- attributes
    cast(coalesce(users.full_name, 'User ' || cast(users.user_id as text)) as text) as full_name,
    cast(coalesce(roles_per_user.role_codes, '') as text) as role_codes,

    -- flags
    cast(users.is_active as boolean) as is_active
from users
left join roles_per_user
    on roles_per_user.tenant_id = users.tenant_id
    and roles_per_user.user_id = users.user_id
