{#- Each variant of a product: what is there of it, and what was sold of it in the year. -#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

variants as (
    select * from {{ ref('stg_products__product_variants') }}
),

products as (
    select * from {{ ref('rpt_products') }}
),

stock_counted as (
    select * from {{ ref('int_products__stock_counted') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
    where variant_id is not null and not is_gift_card
),

sales_per_variant as (
    select
        order_lines.tenant_id,
        order_lines.variant_id,
        sum(
            case
                when order_lines.order_date >= tenants.as_of_date - 365
                    and order_lines.order_date < tenants.as_of_date
                    then order_lines.quantity
                else 0
            end
        ) as year_units,
        max(order_lines.order_date) as last_sold_date
    from order_lines
    inner join tenants
        on tenants.tenant_id = order_lines.tenant_id
    group by order_lines.tenant_id, order_lines.variant_id
)

select
    -- keys
    cast(variants.tenant_id as bigint) as tenant_id,
    cast(variants.variant_id as bigint) as variant_id,
    cast(variants.product_id as bigint) as product_id,

    -- attributes
    cast(variants.sku as text) as sku,
    cast(variants.name as text) as variant_name,

    -- measures
    cast(coalesce(variants.list_price, products.list_price) as numeric(18, 2)) as list_price,
    -- unknown, as of their product, in a shop that records no stock
    {% for column in ['units_on_hand', 'oversold_units', 'reserved_units'] -%}
    cast(
        case
            when products.units_on_hand is not null then coalesce(stock_counted.{{ column }}, 0)
        end as bigint
    ) as {{ column }},
    {% endfor -%}
    cast(coalesce(sales_per_variant.year_units, 0) as bigint) as year_sold_units,

    -- dates
    cast(sales_per_variant.last_sold_date as date) as last_sold_date
from variants
inner join products
    on products.tenant_id = variants.tenant_id
    and products.product_id = variants.product_id
left join stock_counted
    on stock_counted.tenant_id = variants.tenant_id
    and stock_counted.product_id = variants.product_id
    and stock_counted.variant_id = variants.variant_id
left join sales_per_variant
    on sales_per_variant.tenant_id = variants.tenant_id
    and sales_per_variant.variant_id = variants.variant_id
where variants.deleted_at is null or stock_counted.units_on_hand > 0
