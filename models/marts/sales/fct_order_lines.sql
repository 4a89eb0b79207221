{#- Each part is converted and rounded by itself, then summed (definitions.md, Currency). -#}
with

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

order_lines_converted as (
    select
        order_lines.*,
        {{ to_tenant_currency('gross_amount_original', 'exchange_rate', 'decimal_places') }}
            as gross_amount,
        {{ to_tenant_currency('line_discount_amount_original', 'exchange_rate', 'decimal_places') }}
            as line_discount_amount,
        {{ to_tenant_currency(
            'order_discount_share_amount_original', 'exchange_rate', 'decimal_places'
        ) }}
            as order_discount_share_amount,
        {{ to_tenant_currency('quantity * unit_cost_original', 'exchange_rate', 'decimal_places') }}
            as cost_amount
    from order_lines
)

select
    -- keys
    cast(order_lines_converted.tenant_id as bigint) as tenant_id,
    cast(order_lines_converted.order_item_id as bigint) as order_item_id,
    cast(order_lines_converted.order_id as bigint) as order_id,
    cast(order_lines_converted.product_id as bigint) as product_id,
    cast(order_lines_converted.variant_id as bigint) as variant_id,

    -- attributes
    cast(orders_counted.order_number as text) as order_number,
    cast(products.product_name as text) as product_name,
    cast(products.top_category_name as text) as category_name,

    -- measures
    cast(order_lines_converted.quantity as integer) as quantity,
    cast(order_lines_converted.gross_amount as numeric(18, 2)) as gross_amount,
    cast(order_lines_converted.line_discount_amount as numeric(18, 2)) as line_discount_amount,
    cast(
        order_lines_converted.order_discount_share_amount as numeric(18, 2)
    ) as order_discount_share_amount,
    cast(
        order_lines_converted.gross_amount
        - order_lines_converted.line_discount_amount
        - order_lines_converted.order_discount_share_amount as numeric(18, 2)
    ) as demand_amount,
    cast(order_lines_converted.cost_amount as numeric(18, 2)) as cost_amount,

    -- flags
    cast(order_lines_converted.is_gift_card as boolean) as is_gift_card,
    cast(order_lines_converted.is_free_item as boolean) as is_free_item,
    cast(order_lines_converted.has_unit_cost as boolean) as has_unit_cost,

    -- dates
    cast(orders_counted.order_date as date) as order_date
from order_lines_converted
inner join orders_counted
    on orders_counted.tenant_id = order_lines_converted.tenant_id
    and orders_counted.order_id = order_lines_converted.order_id
left join products
    on products.tenant_id = order_lines_converted.tenant_id
    and products.product_id = order_lines_converted.product_id
