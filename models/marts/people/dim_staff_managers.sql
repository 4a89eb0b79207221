{#-
    Everybody with everybody above, themselves first, so that a manager's figures are those of the
    people under them. The path ends a circle where it began. The recursion stands inside a CTE,
    because dbt puts the inputs of a unit test before the first `with`.
-#}
with

users as (
    select tenant_id, user_id, manager_id, '/' || cast(user_id as text) || '/' as user_step
    from {{ ref('stg_system__users') }}
),

managed as (
    with recursive steps as (
        select tenant_id, user_id, user_id as above_id, manager_id, 0 as depth, user_step as path
        from users
        union all
        select
            steps.tenant_id,
            steps.user_id,
            managers.user_id as above_id,
            managers.manager_id,
            steps.depth + 1 as depth,
            steps.path || managers.user_step as path
        from steps
        inner join users as managers
            on managers.tenant_id = steps.tenant_id
            and managers.user_id = steps.manager_id
        where position(managers.user_step in steps.path) = 0
    )

    select * from steps
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(above_id as bigint) as manager_id,
    cast(user_id as bigint) as user_id,

    -- measures
    cast(depth as integer) as depth
from managed
