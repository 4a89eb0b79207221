{#-
    What was changed later than it should have been: movements of stock that were added after their
    day, and orders that were changed after they were closed (definitions.md, Operations). What is
    said of fewer than three orders is not told, so that a reason is nobody's.
-#}
with

stock_movements as (
    select * from {{ ref('stg_history__stock_movements') }}
),

actions as (
    select * from {{ ref('stg_history__actions') }}
    where subject_type = 'orders' and action in ('updated', 'deleted')
),

order_statuses as (
    select * from {{ ref('stg_orders__order_statuses') }}
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
),

variants as (
    select * from {{ ref('stg_products__product_variants') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

statuses_followed as (
    select
        *,
        lead(entered_at) over (
            partition by tenant_id, order_id
            order by entered_at, order_status_id
        ) as next_entered_at
    from order_statuses
),

actions_on_orders as (
    select
        actions.*,
        orders.order_id,
        orders.order_number,
        lower(trim(actions.reason)) as reason_words
    from actions
    inner join orders
        on orders.tenant_id = actions.tenant_id
        and orders.order_id = actions.subject_id
),

reasons as (
    select tenant_id, reason_words
    from actions_on_orders
    where reason_words <> ''
    group by tenant_id, reason_words
    having count(distinct order_id) >= 3
),

actions_after_closing as (
    select
        actions_on_orders.*,
        statuses_followed.entered_at as closed_at,
        case
            when reasons.reason_words is not null then reasons.reason_words
            when actions_on_orders.reason_words <> '' then 'other'
            else 'none'
        end as reason_group
    from actions_on_orders
    inner join statuses_followed
        on statuses_followed.tenant_id = actions_on_orders.tenant_id
        and statuses_followed.order_id = actions_on_orders.order_id
        and statuses_followed.entered_at < actions_on_orders.occurred_at
        and (
            statuses_followed.next_entered_at is null
            or statuses_followed.next_entered_at >= actions_on_orders.occurred_at
        )
    left join reasons
        on reasons.tenant_id = actions_on_orders.tenant_id
        and reasons.reason_words = actions_on_orders.reason_words
    where statuses_followed.status in ('completed', 'cancelled')
),

changes_listed as (
    select
        tenant_id,
        'stock' as change_type,
        stock_movement_id as change_id,
        cast(null as bigint) as user_id,
        cast(null as bigint) as order_id,
        product_id,
        variant_id,
        cast(null as text) as action,
        cast(null as text) as order_number,
        movement_type,
        reference,
        cast(null as text) as reason_group,
        quantity_change,
        occurred_at as meant_at,
        created_at as changed_at
    from stock_movements
    where created_at > occurred_at
    union all
    select
        tenant_id,
        'order' as change_type,
        action_id as change_id,
        user_id,
        order_id,
        cast(null as bigint) as product_id,
        cast(null as bigint) as variant_id,
        action,
        order_number,
        cast(null as text) as movement_type,
        cast(null as text) as reference,
        reason_group,
        cast(null as integer) as quantity_change,
        closed_at as meant_at,
        occurred_at as changed_at
    from actions_after_closing
),

changes_dated as (
    select
        changes_listed.*,
        {{ local_date('changes_listed.meant_at', 'tenants.timezone') }} as meant_date,
        {{ local_date('changes_listed.changed_at', 'tenants.timezone') }} as changed_date,
        {{ local_at('changes_listed.changed_at', 'tenants.timezone') }} as changed_at_local
    from changes_listed
    inner join tenants
        on tenants.tenant_id = changes_listed.tenant_id
)

select
    -- keys
    cast(changes_dated.tenant_id as bigint) as tenant_id,
    cast(changes_dated.change_id as bigint) as change_id,
    cast(changes_dated.user_id as bigint) as user_id,
    cast(changes_dated.order_id as bigint) as order_id,
    cast(changes_dated.product_id as bigint) as product_id,

    -- attributes
    cast(changes_dated.change_type as text) as change_type,
    cast(staff.full_name as text) as user_name,
    cast(changes_dated.action as text) as action,
    cast(changes_dated.reason_group as text) as reason_group,
    cast(changes_dated.order_number as text) as order_number,
    cast(changes_dated.movement_type as text) as movement_type,
    cast(products.product_name as text) as product_name,
    cast(coalesce(variants.sku, products.sku) as text) as sku,
    cast(changes_dated.reference as text) as reference,

    -- measures
    cast(changes_dated.quantity_change as integer) as quantity_change,
    cast(changes_dated.changed_date - changes_dated.meant_date as integer) as days_late,

    -- dates
    cast(changes_dated.meant_date as date) as meant_date,
    cast(changes_dated.changed_date as date) as changed_date,

    -- timestamps
    cast(changes_dated.changed_at as timestamp with time zone) as changed_at,
    cast(changes_dated.changed_at_local as timestamp) as changed_at_local
from changes_dated
left join products
    on products.tenant_id = changes_dated.tenant_id
    and products.product_id = changes_dated.product_id
left join variants
    on variants.tenant_id = changes_dated.tenant_id
    and variants.variant_id = changes_dated.variant_id
left join staff
    on staff.tenant_id = changes_dated.tenant_id
    and staff.user_id = changes_dated.user_id
where changes_dated.changed_date > changes_dated.meant_date
