{#-
    Everything that happened to money, one signed row per event; every sales metric is a sum over
    it. Sales, taxes, shipping and gift cards add; discounts, returns and costs take away; what
    comes back has the opposite sign of what it takes back. What went through the till and what was
    cancelled stand beside it and are in no sales metric.
-#}
with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
),

order_events as (
    select * from {{ ref('int_sales__order_events_collected') }}
),

refund_events as (
    select * from {{ ref('int_sales__refund_events_collected') }}
),

till_events as (
    select * from {{ ref('int_sales__till_events_collected') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

{#- what has no moment of its own happened with the order -#}
events as (
    select
        tenant_id, order_id, order_item_id, product_id, source_table, source_id, event_type,
        cast(null as text) as payment_method, amount, quantity, has_unit_cost,
        cast(null as timestamp with time zone) as occurred_at
    from order_events
    union all
    select
        tenant_id, order_id, order_item_id, product_id, source_table, source_id, event_type,
        null, amount, quantity, has_unit_cost, occurred_at
    from refund_events
    union all
    select
        tenant_id, order_id, order_item_id, product_id, source_table, source_id, event_type,
        payment_method, amount, 0, has_unit_cost, occurred_at
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
    cast(products.top_category_name as text) as category_name,
    cast(products.product_name as text) as product_name,
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
