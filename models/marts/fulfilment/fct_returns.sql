{#-
    Goods that customers send back. Reasons are the customers' own words: what fewer than three
    orders say is not told, so that a reason is nobody's.
-#}
with

order_returns as (
    select * from {{ ref('stg_orders__order_returns') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

returns_of_orders as (
    select
        order_returns.*,
        lower(trim(order_returns.reason)) as reason_words,
        orders_counted.order_number,
        orders_counted.order_date,
        orders_counted.sales_user_id,
        orders_counted.timezone,
        {{ local_date('order_returns.requested_at', 'orders_counted.timezone') }}
            as requested_date,
        case
            when order_returns.status = 'received'
                then {{ local_date('order_returns.received_at', 'orders_counted.timezone') }}
        end as received_date
    from order_returns
    inner join orders_counted
        on orders_counted.tenant_id = order_returns.tenant_id
        and orders_counted.order_id = order_returns.order_id
),

reasons as (
    select tenant_id, reason_words
    from returns_of_orders
    where reason_words <> ''
    group by tenant_id, reason_words
    having count(distinct order_id) >= 3
),

returns_told as (
    select
        returns_of_orders.*,
        order_items.order_item_id as line_id,
        products.product_id,
        products.product_name,
        products.category_name,
        staff.full_name as sales_user_name,
        case
            when reasons.reason_words is not null then reasons.reason_words
            when returns_of_orders.reason_words <> '' then 'other'
            else 'none'
        end as reason_group
    from returns_of_orders
    left join order_items
        on order_items.tenant_id = returns_of_orders.tenant_id
        and order_items.order_item_id = returns_of_orders.order_item_id
        and order_items.order_id = returns_of_orders.order_id
    left join products
        on products.tenant_id = order_items.tenant_id
        and products.product_id = order_items.product_id
    left join staff
        on staff.tenant_id = returns_of_orders.tenant_id
        and staff.user_id = returns_of_orders.sales_user_id
    left join reasons
        on reasons.tenant_id = returns_of_orders.tenant_id
        and reasons.reason_words = returns_of_orders.reason_words
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(return_id as bigint) as return_id,
    cast(order_id as bigint) as order_id,
    cast(line_id as bigint) as order_item_id,
    cast(product_id as bigint) as product_id,
    cast(sales_user_id as bigint) as sales_user_id,

    -- attributes
    cast(order_number as text) as order_number,
    cast(product_name as text) as product_name,
    cast(category_name as text) as category_name,
    cast(sales_user_name as text) as sales_user_name,
    cast(status as text) as return_status,
    cast(reason_group as text) as reason_group,

    -- measures
    cast(quantity as integer) as unit_count,
    cast(case when status = 'received' then quantity else 0 end as integer)
        as received_unit_count,

    -- flags
    cast(status in ('requested', 'approved') as boolean) as is_open,

    -- dates
    cast(order_date as date) as order_date,
    cast(requested_date as date) as requested_date,
    cast(received_date as date) as received_date,

    -- timestamps
    cast({{ local_at('coalesce(received_at, requested_at, created_at)', 'timezone') }} as timestamp)
        as returned_at_local
from returns_told
