{#-
    What a line needs besides delivery: goods that must come first, a piece that is made to order, a
    service afterwards. A piece is in the stage that its line came to last; where nobody noted that of
    its line, its order says how far it is. Its surcharge is part of the unit price: each unit has it.
-#}
with

pre_orders as (
    select * from {{ ref('stg_orders__order_item_pre_orders') }}
),

customizations as (
    select * from {{ ref('stg_orders__order_item_customizations') }}
),

after_sales_cases as (
    select * from {{ ref('stg_orders__after_sales_cases') }}
    where deleted_at is null
),

line_statuses as (
    select
        *,
        row_number() over (
            partition by tenant_id, order_item_id
            order by entered_at desc, order_item_status_id desc
        ) as place_from_last
    from {{ ref('stg_orders__order_item_statuses') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
    where order_status <> 'draft'
),

cases_collected as (
    select
        tenant_id, 'pre_order' as case_type, pre_order_id as case_id, order_item_id, stage,
        cast(null as text) as case_number, cast(null as text) as service_type,
        assigned_user_id, quantity,
        deposit_amount as deposit_amount_original, 0 as charge_amount_original,
        0 as cost_amount_original, expected_on as due_on, requested_at as opened_at,
        stage_entered_at, coalesce(fulfilled_at, cancelled_at) as closed_at,
        true as is_approved
    from pre_orders
    union all
    select
        customizations.tenant_id, 'made_to_order' as case_type,
        customizations.order_item_customization_id as case_id, customizations.order_item_id,
        line_statuses.status as stage,
        null as case_number, null as service_type, null as assigned_user_id, null as quantity,
        0 as deposit_amount_original, customizations.surcharge_amount as charge_amount_original,
        0 as cost_amount_original, null as due_on, null as opened_at,
        line_statuses.entered_at as stage_entered_at,
        case
            when line_statuses.status in ('delivered', 'returned', 'cancelled')
                then line_statuses.entered_at
        end as closed_at,
        customizations.approved_at is not null as is_approved
    from customizations
    left join line_statuses
        on line_statuses.tenant_id = customizations.tenant_id
        and line_statuses.order_item_id = customizations.order_item_id
        and line_statuses.place_from_last = 1
    union all
    select
        tenant_id, 'after_sales' as case_type, after_sales_case_id as case_id, order_item_id, stage,
        case_number, case_type as service_type, assigned_user_id, quantity,
        0 as deposit_amount_original, charge_amount as charge_amount_original,
        cost_amount as cost_amount_original, promised_on as due_on, opened_at,
        stage_entered_at, closed_at, true as is_approved
    from after_sales_cases
),

cases_placed as (
    select
        cases_collected.tenant_id,
        cases_collected.case_type,
        cases_collected.case_id,
        cases_collected.order_item_id,
        cases_collected.case_number,
        cases_collected.service_type,
        cases_collected.assigned_user_id,
        cases_collected.deposit_amount_original,
        case
            when cases_collected.case_type = 'made_to_order'
                then cases_collected.charge_amount_original * order_items.quantity
            else cases_collected.charge_amount_original
        end as charge_amount_original,
        cases_collected.cost_amount_original,
        cases_collected.stage_entered_at,
        cases_collected.closed_at,
        cases_collected.is_approved,
        coalesce(
            cases_collected.stage,
            case
                when orders_placed.order_status in ('delivered', 'completed') then 'delivered'
                when orders_placed.order_status in ('in_production', 'shipped')
                    then orders_placed.order_status
                else 'pending'
            end
        ) as stage,
        order_items.order_id,
        order_items.product_id,
        coalesce(cases_collected.quantity, order_items.quantity) as unit_count,
        orders_placed.order_number,
        orders_placed.exchange_rate,
        orders_placed.decimal_places,
        orders_placed.timezone,
        cases_collected.case_type <> 'after_sales'
        and (orders_placed.order_status = 'cancelled' or order_items.deleted_at is not null)
            as was_called_off,
        coalesce(
            cases_collected.due_on,
            case when cases_collected.case_type = 'made_to_order' then orders_placed.promised_on end
        ) as due_date,
        coalesce(cases_collected.opened_at, orders_placed.ordered_at) as case_opened_at
    from cases_collected
    inner join order_items
        on order_items.tenant_id = cases_collected.tenant_id
        and order_items.order_item_id = cases_collected.order_item_id
    inner join orders_placed
        on orders_placed.tenant_id = order_items.tenant_id
        and orders_placed.order_id = order_items.order_id
),

cases_ended as (
    select
        *,
        case
            when stage in ('fulfilled', 'delivered', 'closed') then 'done'
            when stage in ('cancelled', 'returned', 'rejected') or was_called_off then 'given_up'
            else 'open'
        end as outcome
    from cases_placed
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
    cast(timezone as text) as timezone,

    -- measures
    cast(unit_count as integer) as unit_count,
    {% for name in ['deposit', 'charge', 'cost'] -%}
    cast(
        {{ to_tenant_currency(name ~ '_amount_original', 'exchange_rate', 'decimal_places') }}
        as numeric(18, 2)
    ) as {{ name }}_amount,
    {% endfor %}
    -- flags
    cast(is_approved as boolean) as is_approved,

    -- dates
    cast(due_date as date) as due_date,

    -- timestamps
    cast(case_opened_at as timestamp with time zone) as opened_at,
    cast(coalesce(stage_entered_at, case_opened_at) as timestamp with time zone)
        as stage_entered_at,
    cast(closed_at as timestamp with time zone) as closed_at
from cases_ended
