{#-
    Every category with all that it stands below. The recursion adds pairs that are not there yet,
    so that a circle of parents ends by itself; it stands inside a CTE, because dbt puts the inputs
    of a unit test before the first `with`.
-#}
with

categories as (
    select * from {{ ref('stg_products__categories') }}
),

nested as (
    with recursive steps as (
        select tenant_id, category_id, category_id as ancestor_category_id
        from categories
        union
        select steps.tenant_id, steps.category_id, parents.parent_id as ancestor_category_id
        from steps
        inner join categories as parents
            on parents.tenant_id = steps.tenant_id
            and parents.category_id = steps.ancestor_category_id
        where parents.parent_id is not null
    )

    select * from steps
)

select
    cast(tenant_id as bigint) as tenant_id,
    cast(category_id as bigint) as category_id,
    cast(ancestor_category_id as bigint) as ancestor_category_id
from nested
