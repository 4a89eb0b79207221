{#-
    Money may be taken and given back for orders that do not count: drafts and cancelled ones are
    here too.
-#}
with

orders as (
    select * from {{ ref('stg_orders__orders') }}
),

orders_meta_crm as (
    select * from {{ ref('stg_orders__orders_meta_crm') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

buyers as (
    select * from {{ ref('int_sales__buyers_found') }}
),

first_orders as (
    select * from {{ ref('int_sales__first_orders_found') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

orders_placed as (
    select
        orders.*,
        buyers.is_counted,
        buyers.person_id,
        first_orders.order_id is not null as is_first_of_person,
        orders_meta_crm.page_id,
        orders_meta_crm.sales_user_id,
        channels.channel_name,
        channels.platform_name,
        tenants.timezone,
        tenants.return_dating,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places,
        {{ minor_unit_places('orders.currency_code') }} as decimal_places_original,
        {{ local_date('orders.ordered_at', 'tenants.timezone') }} as order_date
    from orders
    inner join tenants
        on tenants.tenant_id = orders.tenant_id
    inner join buyers
        on buyers.tenant_id = orders.tenant_id
        and buyers.order_id = orders.order_id
    left join first_orders
        on first_orders.tenant_id = orders.tenant_id
        and first_orders.order_id = orders.order_id
    left join orders_meta_crm
        on orders_meta_crm.tenant_id = orders.tenant_id
        and orders_meta_crm.order_id = orders.order_id
    left join channels
        on channels.tenant_id = orders_meta_crm.tenant_id
        and channels.page_id = orders_meta_crm.page_id
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
    cast(status as text) as order_status,
    cast(order_type as text) as order_type,
    cast(
        case
            when not is_counted then 'not_counted'
            when person_id is null then 'guest'
            when is_first_of_person then 'new'
            else 'repeat'
        end as text
    ) as buyer_type,
    cast(channel_name as text) as channel_name,
    cast(platform_name as text) as platform_name,
    cast(currency_code as text) as currency_code,
    cast(timezone as text) as timezone,
    cast(return_dating as text) as return_dating,

    -- measures
    cast(exchange_rate as numeric(18, 8)) as exchange_rate,
    cast(decimal_places as integer) as decimal_places,
    cast(decimal_places_original as integer) as decimal_places_original,
    cast(discount_amount as numeric(18, 2)) as discount_amount_original,
    cast(shipping_amount as numeric(18, 2)) as shipping_amount_original,
    cast(tax_amount as numeric(18, 2)) as tax_amount_original,

    -- flags
    cast(is_counted as boolean) as is_counted,

    -- dates
    cast(order_date as date) as order_date,
    cast(promised_on as date) as promised_on,

    -- timestamps
    cast(ordered_at as timestamp with time zone) as ordered_at,
    cast({{ local_at('ordered_at', 'timezone') }} as timestamp) as ordered_at_local,
    cast(cancelled_at as timestamp with time zone) as cancelled_at
from orders_placed
