{#-
    Everything that happened to money, one signed row per event; every sales metric is a sum over it.
    Sales, taxes, shipping and gift cards add; discounts, returns and costs take away; what comes back
    has the opposite sign of what it takes back. What went through the till and what was cancelled stand beside
    it and are in no sales metric.
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

orders_balanced as (
    select * from {{ ref('int_sales__orders_balanced') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
),

refunds as (
    select * from {{ ref('fct_refunds') }}
    where is_given_back
),

till_events as (
    select * from {{ ref('int_sales__till_events_collected') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
    where status = 'succeeded' and refunded_at is not null
),

returns_received as (
    select * from {{ ref('stg_orders__order_returns') }}
    where status = 'received' and received_at is not null
),

order_items as (
    select
        tenant_id,
        order_item_id,
        coalesce(unit_cost, 0) as unit_cost,
        unit_cost is not null as has_unit_cost
    from {{ ref('stg_orders__order_items') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

events_of_lines as (
    select
        tenant_id, order_id, order_item_id, product_id,
        'sale' as event_type, 'order_items' as source_table, order_item_id as source_id,
        gross_amount as amount, quantity
    from order_lines
    where not is_gift_card
    union all
    select
        tenant_id, order_id, order_item_id, product_id,
        'discount' as event_type, 'order_items' as source_table, order_item_id as source_id,
        -line_discount_amount as amount, 0 as quantity
    from order_lines
    where not is_gift_card and line_discount_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id,
        'discount' as event_type, 'orders' as source_table, order_id as source_id,
        -order_discount_share_amount as amount, 0 as quantity
    from order_lines
    where not is_gift_card and order_discount_share_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id,
        'cost' as event_type, 'order_items' as source_table, order_item_id as source_id,
        -cost_amount as amount, 0 as quantity
    from order_lines
    where not is_gift_card and cost_amount <> 0
    union all
    select
        tenant_id, order_id, order_item_id, product_id,
        'gift_card' as event_type, 'order_items' as source_table, order_item_id as source_id,
        demand_amount as amount, quantity
    from order_lines
    where is_gift_card
),

{#- an order without lines is an order all the same: its row carries no amount -#}
events_of_orders as (
    select
        orders_counted.tenant_id, orders_counted.order_id,
        'order' as event_type, 'orders' as source_table, orders_counted.order_id as source_id,
        0 as amount
    from orders_counted
    left join (
        select distinct tenant_id, order_id from order_lines
    ) as orders_with_lines
        on orders_with_lines.tenant_id = orders_counted.tenant_id
        and orders_with_lines.order_id = orders_counted.order_id
    where orders_with_lines.order_id is null
    {% for charge in ['tax', 'shipping'] -%}
    union all
    select
        tenant_id, order_id,
        '{{ charge }}' as event_type, 'orders' as source_table, order_id as source_id,
        {{ to_tenant_currency(charge ~ '_amount_original', 'exchange_rate', 'decimal_places') }}
            as amount
    from orders_counted
    where {{ charge }}_amount_original <> 0
    {% endfor -%}
    union all
    select
        tenant_id, order_id,
        'balance_rounding' as event_type, 'orders' as source_table, order_id as source_id,
        rounding_amount as amount
    from orders_balanced
    where rounding_amount <> 0
),

{#- a removed line was sold for as much as was given back for it: it has no units and no cost -#}
events_of_removed_lines as (
    select
        tenant_id, order_id, order_item_id, product_id,
        case when is_gift_card then 'gift_card' else 'sale' end as event_type,
        'order_refunds' as source_table, refund_id as source_id,
        removed_sale_amount as amount, 0 as quantity
    from refunds
    where removed_sale_amount <> 0
),

events_of_refunds as (
    select
        tenant_id, order_id, order_item_id, product_id,
        case refund_type
            when 'overpayment' then 'overpayment_refund'
            when 'gift_card' then 'gift_card_refund'
            else 'return'
        end as event_type,
        'order_refunds' as source_table, refund_id as source_id,
        -refund_amount as amount, 0 as quantity, refunded_at as occurred_at
    from refunds
    where refund_amount <> 0
    {% for charge in ['tax', 'shipping'] -%}
    union all
    select
        order_refunds.tenant_id, order_refunds.order_id,
        cast(null as bigint) as order_item_id, cast(null as bigint) as product_id,
        '{{ charge }}_refund' as event_type,
        'order_refunds' as source_table, order_refunds.refund_id as source_id,
        -{{ to_tenant_currency(
            'order_refunds.' ~ charge ~ '_amount',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as amount,
        0 as quantity, order_refunds.refunded_at as occurred_at
    from order_refunds
    inner join orders_counted
        on orders_counted.tenant_id = order_refunds.tenant_id
        and orders_counted.order_id = order_refunds.order_id
    where order_refunds.{{ charge }}_amount <> 0
    {% endfor -%}
),

events_of_returns as (
    select
        order_lines.tenant_id, order_lines.order_id, order_lines.order_item_id, order_lines.product_id,
        'cost_return' as event_type, 'order_returns' as source_table,
        returns_received.return_id as source_id,
        {{ to_tenant_currency(
            'returns_received.quantity * order_items.unit_cost',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as amount,
        -returns_received.quantity as quantity, returns_received.received_at as occurred_at
    from returns_received
    inner join order_lines
        on order_lines.tenant_id = returns_received.tenant_id
        and order_lines.order_item_id = returns_received.order_item_id
        and order_lines.order_id = returns_received.order_id
        and not order_lines.is_gift_card
    inner join order_items
        on order_items.tenant_id = order_lines.tenant_id
        and order_items.order_item_id = order_lines.order_item_id
    inner join orders_counted
        on orders_counted.tenant_id = order_lines.tenant_id
        and orders_counted.order_id = order_lines.order_id
),

events as (
    {% for events in ['lines', 'removed_lines'] -%}
    select
        tenant_id, order_id, order_item_id, product_id, event_type, source_table, source_id,
        cast(null as text) as payment_method, amount, quantity,
        cast(null as timestamp with time zone) as occurred_at
    from events_of_{{ events }}
    union all
    {% endfor -%}
    select
        tenant_id, order_id, cast(null as bigint) as order_item_id, cast(null as bigint) as product_id,
        event_type, source_table, source_id,
        cast(null as text) as payment_method, amount, 0 as quantity,
        cast(null as timestamp with time zone) as occurred_at
    from events_of_orders
    {% for events in ['refunds', 'returns'] -%}
    union all
    select
        tenant_id, order_id, order_item_id, product_id, event_type, source_table, source_id,
        cast(null as text) as payment_method, amount, quantity, occurred_at
    from events_of_{{ events }}
    {% endfor -%}
    union all
    select
        tenant_id, order_id, order_item_id, product_id, event_type, source_table, source_id,
        payment_method, amount, 0 as quantity, occurred_at
    from till_events
),

events_dated as (
    select
        events.*,
        orders_placed.customer_id,
        orders_placed.person_id,
        orders_placed.page_id,
        orders_placed.order_number,
        orders_placed.channel_name,
        orders_placed.platform_name,
        orders_placed.order_type,
        orders_placed.buyer_type,
        orders_placed.return_dating,
        orders_placed.order_date,
        orders_placed.ordered_at,
        orders_placed.is_counted,
        coalesce(order_items.has_unit_cost, false) as has_unit_cost,
        orders_placed.ordered_at_local,
        case
            when events.occurred_at is null then orders_placed.order_date
            else {{ local_date('events.occurred_at', 'orders_placed.timezone') }}
        end as event_date,
        case
            when events.occurred_at is null then orders_placed.ordered_at_local
            else {{ local_at('events.occurred_at', 'orders_placed.timezone') }}
        end as occurred_at_local,
        orders_placed.return_dating = 'order_date'
        and events.event_type in (
            'return', 'tax_refund', 'shipping_refund', 'gift_card_refund', 'cost_return'
        ) as is_dated_by_order
    from events
    inner join orders_placed
        on orders_placed.tenant_id = events.tenant_id
        and orders_placed.order_id = events.order_id
    left join order_items
        on order_items.tenant_id = events.tenant_id
        and order_items.order_item_id = events.order_item_id
)

select
    -- keys
    cast(events_dated.tenant_id as bigint) as tenant_id,
    cast(events_dated.source_table as text) as source_table,
    cast(events_dated.source_id as bigint) as source_id,
    cast(events_dated.order_id as bigint) as order_id,
    cast(events_dated.order_item_id as bigint) as order_item_id,
    cast(events_dated.product_id as bigint) as product_id,
    cast(products.top_category_id as bigint) as category_id,
    cast(events_dated.customer_id as bigint) as customer_id,
    cast(events_dated.person_id as bigint) as person_id,
    cast(events_dated.page_id as bigint) as page_id,

    -- attributes
    cast(events_dated.event_type as text) as event_type,
    cast(events_dated.order_number as text) as order_number,
    cast(events_dated.order_type as text) as order_type,
    cast(events_dated.buyer_type as text) as buyer_type,
    cast(events_dated.channel_name as text) as channel_name,
    cast(events_dated.platform_name as text) as platform_name,
    cast(coalesce(products.top_category_name, 'No category') as text) as category_name,
    cast(coalesce(products.product_name, 'No product') as text) as product_name,
    cast(
        case when events_dated.event_type = 'payment'
            then coalesce(events_dated.payment_method, 'unknown') end as text
    ) as payment_method,

    -- measures
    cast(events_dated.amount as numeric(18, 2)) as amount,
    cast(events_dated.quantity as integer) as quantity,

    -- flags
    cast(events_dated.has_unit_cost as boolean) as has_unit_cost,
    cast(events_dated.is_counted as boolean) as is_order_counted,

    -- dates
    cast(
        case
            when events_dated.is_dated_by_order then events_dated.order_date
            else events_dated.event_date
        end as date
    ) as ledger_date,
    cast(events_dated.event_date as date) as event_date,
    cast(events_dated.order_date as date) as order_date,

    -- timestamps
    cast(
        coalesce(events_dated.occurred_at, events_dated.ordered_at) as timestamp with time zone
    ) as occurred_at,
    cast(
        case
            when events_dated.is_dated_by_order then events_dated.ordered_at_local
            else events_dated.occurred_at_local
        end as timestamp
    ) as dated_at_local,
    cast(events_dated.occurred_at_local as timestamp) as occurred_at_local,
    cast(events_dated.ordered_at_local as timestamp) as ordered_at_local
from events_dated
left join products
    on products.tenant_id = events_dated.tenant_id
    and products.product_id = events_dated.product_id
