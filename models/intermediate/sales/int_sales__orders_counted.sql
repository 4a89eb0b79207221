with

orders_placed as (
    select * from {{ ref('int_sales__orders_placed') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(customer_id as bigint) as customer_id,
    cast(person_id as bigint) as person_id,
    cast(page_id as bigint) as page_id,
    cast(sales_user_id as bigint) as sales_user_id,

    -- attributes
    cast(order_number as text) as order_number,
    cast(order_status as text) as order_status,
    cast(order_type as text) as order_type,
    cast(buyer_type as text) as buyer_type,
    cast(channel_name as text) as channel_name,
    cast(platform_name as text) as platform_name,
    cast(currency_code as text) as currency_code,
    cast(timezone as text) as timezone,

    -- measures
    cast(exchange_rate as numeric(18, 8)) as exchange_rate,
    cast(decimal_places as integer) as decimal_places,
    cast(discount_amount_original as numeric(18, 2)) as discount_amount_original,
    cast(shipping_amount_original as numeric(18, 2)) as shipping_amount_original,
    cast(tax_amount_original as numeric(18, 2)) as tax_amount_original,

    -- dates
    cast(order_date as date) as order_date,
    cast(promised_on as date) as promised_on,

    -- timestamps
    cast(ordered_at as timestamp with time zone) as ordered_at,
    cast(ordered_at_local as timestamp) as ordered_at_local
from orders_placed
where is_counted
