with

cases_collected as (
    select * from {{ ref('int_fulfilment__cases_collected') }}
),

line_options as (
    select tenant_id, order_item_id, count(*) as option_count
    from {{ ref('stg_orders__order_line_items') }}
    group by tenant_id, order_item_id
),

line_images as (
    select tenant_id, order_item_id, count(*) as image_count
    from {{ ref('stg_orders__order_images') }}
    where deleted_at is null and order_item_id is not null
    group by tenant_id, order_item_id
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

cases_dated as (
    select
        cases_collected.*,
        products.product_name,
        staff.full_name as assigned_user_name,
        coalesce(line_options.option_count, 0) as option_count,
        coalesce(line_images.image_count, 0) as image_count,
        tenants.as_of_date,
        cases_collected.outcome = 'open' as is_open,
        {{ local_date('cases_collected.opened_at', 'cases_collected.timezone') }} as opened_date,
        {{ local_date('cases_collected.stage_entered_at', 'cases_collected.timezone') }}
            as stage_date,
        case
            when cases_collected.outcome <> 'open'
                then {{ local_date('cases_collected.closed_at', 'cases_collected.timezone') }}
        end as closed_date
    from cases_collected
    inner join tenants
        on tenants.tenant_id = cases_collected.tenant_id
    left join products
        on products.tenant_id = cases_collected.tenant_id
        and products.product_id = cases_collected.product_id
    left join staff
        on staff.tenant_id = cases_collected.tenant_id
        and staff.user_id = cases_collected.assigned_user_id
    left join line_options
        on line_options.tenant_id = cases_collected.tenant_id
        and line_options.order_item_id = cases_collected.order_item_id
    left join line_images
        on line_images.tenant_id = cases_collected.tenant_id
        and line_images.order_item_id = cases_collected.order_item_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(case_id as bigint) as case_id,
    cast(order_id as bigint) as order_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,
    cast(assigned_user_id as bigint) as assigned_user_id,

    -- attributes
    cast(case_type as text) as case_type,
    cast(case_number as text) as case_number,
    cast(service_type as text) as service_type,
    cast(stage as text) as stage,
    cast(outcome as text) as outcome,
    cast(order_number as text) as order_number,
    cast(product_name as text) as product_name,
    cast(assigned_user_name as text) as assigned_user_name,

    -- measures
    cast(unit_count as integer) as unit_count,
    cast(deposit_amount as numeric(18, 2)) as deposit_amount,
    cast(charge_amount as numeric(18, 2)) as charge_amount,
    cast(cost_amount as numeric(18, 2)) as cost_amount,
    cast(option_count as integer) as option_count,
    cast(image_count as integer) as image_count,
    cast(case when is_open then greatest(as_of_date - opened_date, 0) end as integer)
        as age_days,
    cast(case when is_open then greatest(as_of_date - stage_date, 0) end as integer)
        as stage_days,
    cast(
        case
            when outcome = 'done' and closed_date >= opened_date then closed_date - opened_date
        end as integer
    ) as done_days,
    cast(
        case
            when is_open and due_date < as_of_date then as_of_date - due_date
            when outcome = 'done' and closed_date > due_date then closed_date - due_date
        end as integer
    ) as late_days,

    -- flags
    cast(is_open as boolean) as is_open,
    cast(coalesce(is_open and due_date < as_of_date, false) as boolean) as is_overdue,
    cast(is_open and not is_approved as boolean) as awaits_approval,

    -- dates
    cast(opened_date as date) as opened_date,
    cast(due_date as date) as due_date,
    cast(closed_date as date) as closed_date,

    -- timestamps
    cast(
        case when closed_date is not null then {{ local_at('closed_at', 'timezone') }} end
        as timestamp
    ) as closed_at_local
from cases_dated
