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

staff_profiles as (
    select * from {{ ref('stg_staff__staff_profiles') }}
    where deleted_at is null
),

departments as (
    select * from {{ ref('stg_performance__departments') }}
),

managers as (
    select distinct tenant_id, manager_id
    from users
    where manager_id is not null
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
    cast(staff_profiles.job_title as text) as job_title,
    cast(departments.name as text) as department_name,

    -- flags
    cast(users.is_active as boolean) as is_active,
    cast(managers.manager_id is not null as boolean) as has_team,

    -- dates
    cast(staff_profiles.hired_on as date) as hired_on,
    cast(staff_profiles.left_on as date) as left_on
from users
left join managers
    on managers.tenant_id = users.tenant_id
    and managers.manager_id = users.user_id
left join staff_profiles
    on staff_profiles.tenant_id = users.tenant_id
    and staff_profiles.user_id = users.user_id
left join departments
    on departments.tenant_id = staff_profiles.tenant_id
    and departments.department_id = staff_profiles.department_id
left join roles_per_user
    on roles_per_user.tenant_id = users.tenant_id
    and roles_per_user.user_id = users.user_id
