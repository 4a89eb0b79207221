-- Fails when cases are lost or doubled on the way to their stages, when balances do not add up to
-- what orders say, or when an inbound shipment, a return or a refund is lost.
with

orders_placed as (
    select tenant_id, order_id from {{ ref('int_sales__orders_placed') }}
    where order_status <> 'draft'
),

lines_placed as (
    select order_items.tenant_id, order_items.order_item_id
    from {{ ref('stg_orders__order_items') }} as order_items
    inner join orders_placed
        on orders_placed.tenant_id = order_items.tenant_id
        and orders_placed.order_id = order_items.order_id
),

expected as (
    {% set cases = {
        'pre_order': ('stg_orders__order_item_pre_orders', 'true'),
        'made_to_order': ('stg_orders__order_item_customizations', 'true'),
        'after_sales': ('stg_orders__after_sales_cases', 'cases.deleted_at is null'),
    } -%}
    {% for case_type, (staging, stands) in cases.items() -%}
    select cases.tenant_id, '{{ case_type }}' as figure, cast(count(*) as numeric(28, 2)) as amount
    from {{ ref(staging) }} as cases
    inner join lines_placed
        on lines_placed.tenant_id = cases.tenant_id
        and lines_placed.order_item_id = cases.order_item_id
    where {{ stands }}
    group by cases.tenant_id
    union all
    {% endfor -%}
    select tenant_id, 'balance due' as figure, sum(balance_due_amount) as amount
    from {{ ref('fct_orders') }}
    group by tenant_id
    union all
    select tenant_id, 'inbound' as figure, count(*) as amount
    from {{ ref('stg_shipping__inbound_shipments') }}
    where deleted_at is null
    group by tenant_id
    union all
    select order_returns.tenant_id, 'returns' as figure, count(*) as amount
    from {{ ref('stg_orders__order_returns') }} as order_returns
    inner join {{ ref('fct_orders') }} as orders
        on orders.tenant_id = order_returns.tenant_id
        and orders.order_id = order_returns.order_id
    group by order_returns.tenant_id
    union all
    select tenant_id, 'refunds' as figure, sum(refund_amount) as amount
    from {{ ref('fct_refunds') }}
    where is_given_back
    group by tenant_id
),

actual as (
    {#- what each stage has, added up -#}
    select tenant_id, case_type as figure, cast(sum(case_count) as numeric(28, 2)) as amount
    from (
        select tenant_id, case_type, stage, count(*) as case_count
        from {{ ref('fct_service_cases') }}
        group by tenant_id, case_type, stage
    ) as cases_per_stage
    group by tenant_id, case_type
    union all
    select
        tenant_id, 'balance due' as figure,
        sum(balance_due_amount) - sum(overpaid_amount) as amount
    from {{ ref('rpt_balances_due') }}
    group by tenant_id
    union all
    select tenant_id, 'inbound' as figure, count(*) as amount
    from {{ ref('fct_inbound_shipments') }}
    group by tenant_id
    union all
    select tenant_id, 'returns' as figure, count(*) as amount
    from {{ ref('fct_returns') }}
    group by tenant_id
    union all
    select tenant_id, 'refunds' as figure, sum(refund_amount) as amount
    from {{ ref('fct_refund_times') }}
    group by tenant_id
)

{{ sums_that_differ() }}
