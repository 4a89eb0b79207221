{#-
    What the materials of a product cost at their present prices, and what one unit had cost when
    it was last sold (definitions.md, Products and inventory).
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

material_products as (
    select * from {{ ref('stg_products__material_products') }}
),

materials as (
    select * from {{ ref('stg_products__materials') }}
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
    where has_unit_cost and not is_gift_card and product_id is not null
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

products_composed as (
    select
        material_products.tenant_id,
        material_products.product_id,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places,
        case
            when count(*) = count(material_products.quantity * materials.unit_cost)
                then sum(material_products.quantity * materials.unit_cost)
        end as material_cost_amount
    from material_products
    inner join tenants
        on tenants.tenant_id = material_products.tenant_id
    left join materials
        on materials.tenant_id = material_products.tenant_id
        and materials.material_id = material_products.material_id
    group by material_products.tenant_id, material_products.product_id, tenants.currency_code
),

lines_ranked as (
    select
        order_lines.*,
        orders_counted.order_date,
        row_number() over (
            partition by order_lines.tenant_id, order_lines.product_id
            order by orders_counted.ordered_at desc, order_lines.order_item_id desc
        ) as line_rank
    from order_lines
    inner join orders_counted
        on orders_counted.tenant_id = order_lines.tenant_id
        and orders_counted.order_id = order_lines.order_id
),

last_sales as (
    select
        lines_ranked.*,
        {{ to_tenant_currency('unit_cost_original', 'exchange_rate', 'decimal_places') }}
            as unit_cost_amount
    from lines_ranked
    where line_rank = 1
),

costs as (
    select
        coalesce(products_composed.tenant_id, last_sales.tenant_id) as tenant_id,
        coalesce(products_composed.product_id, last_sales.product_id) as product_id,
        case
            when products_composed.decimal_places = 0
                then cast(round(products_composed.material_cost_amount, 0) as numeric(28, 2))
            else cast(round(products_composed.material_cost_amount, 2) as numeric(28, 2))
        end as material_cost_amount,
        last_sales.unit_cost_amount,
        last_sales.order_date
    from products_composed
    full join last_sales
        on last_sales.tenant_id = products_composed.tenant_id
        and last_sales.product_id = products_composed.product_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- measures
    cast(material_cost_amount as numeric(28, 2)) as material_cost_amount,
    cast(unit_cost_amount as numeric(18, 2)) as last_unit_cost_amount,

    -- dates
    cast(order_date as date) as last_costed_date
from costs
