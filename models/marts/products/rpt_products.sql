{#-
    Each product now and over the year: what it sells, what is there of it, and what is to be done
    about it (definitions.md, Products and inventory).
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

products_stocked as (
    select * from {{ ref('int_products__products_stocked') }}
),

years as (
    select * from {{ ref('int_products__years_summed') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
),

catalogue_checked as (
    select * from {{ ref('int_products__catalogue_checked') }}
),

images as (
    select * from {{ ref('stg_products__product_images') }}
    where deleted_at is null
),

lines_per_product as (
    select
        tenant_id,
        product_id,
        max(order_date) as last_sold_date,
        min(case when is_gift_card then 1 else 0 end) = 1 as is_gift_card
    from order_lines
    where product_id is not null
    group by tenant_id, product_id
),

images_per_product as (
    select tenant_id, product_id, count(*) as image_count
    from images
    group by tenant_id, product_id
),

products_gathered as (
    select
        products.*,
        {% for column in [
            'units_on_hand', 'oversold_units', 'reserved_units', 'young_units', 'middle_units',
            'old_units', 'ageless_units', 'present_cost_amount', 'material_cost_amount',
            'last_unit_cost_amount', 'stock_at_cost_amount', 'month_ends_at_cost_amount',
            'was_ever_stocked', 'last_received_date', 'last_costed_date',
        ] -%}
        products_stocked.{{ column }},
        {% endfor -%}
        {% for column in [
            'sold_units', 'net_units', 'net_sales_amount', 'demand_sales_amount',
            'costed_demand_amount', 'cost_amount',
        ] -%}
        coalesce(years.{{ column }}, 0) as {{ column }},
        {% endfor -%}
        {% for column in ['stock_out_day_count', 'lost_units', 'lost_sales_amount'] -%}
        case when products_stocked.has_movements then coalesce(years.{{ column }}, 0) end
            as {{ column }},
        {% endfor -%}
        coalesce(years.abc_class, 'dead') as abc_class,
        products_stocked.units_on_hand - products_stocked.reserved_units as available_units,
        coalesce(images_per_product.image_count, 0) as image_count,
        coalesce(catalogue_checked.has_unmatched_sku, false) as has_unmatched_sku,
        coalesce(catalogue_checked.has_invalid_attribute, false) as has_invalid_attribute,
        lines_per_product.last_sold_date,
        tenants.as_of_date
    from products
    inner join tenants
        on tenants.tenant_id = products.tenant_id
    inner join products_stocked
        on products_stocked.tenant_id = products.tenant_id
        and products_stocked.product_id = products.product_id
    left join years
        on years.tenant_id = products.tenant_id
        and years.product_id = products.product_id
    left join lines_per_product
        on lines_per_product.tenant_id = products.tenant_id
        and lines_per_product.product_id = products.product_id
    left join images_per_product
        on images_per_product.tenant_id = products.tenant_id
        and images_per_product.product_id = products.product_id
    left join catalogue_checked
        on catalogue_checked.tenant_id = products.tenant_id
        and catalogue_checked.product_id = products.product_id
    where
        coalesce(products.product_type, '') <> 'gift_card'
        and not coalesce(lines_per_product.is_gift_card, false)
        and (
            not products.is_deleted
            or products_stocked.units_on_hand > 0
            or products_stocked.oversold_units > 0
            or coalesce(years.sold_units, 0) > 0
            or coalesce(years.net_units, 0) <> 0
            or coalesce(years.net_sales_amount, 0) <> 0
        )
),

products_judged as (
    select
        products_gathered.*,
        case
            when net_units <= 0 then null
            else {{ ratio('units_on_hand * 365', 'net_units') }}
        end as cover_days,
        case
            when not was_ever_stocked or is_deleted or product_status <> 'active'
                or net_units <= 0 or abc_class not in ('a', 'b')
                then null
            when available_units <= 0 then 'ran_out'
            when available_units * 365 < 30 * net_units then 'short'
        end as reorder_reason,
        case
            when units_on_hand is null or units_on_hand <= 0 then null
            when abc_class = 'dead' and young_units = 0 then 'dead'
            when old_units * 2 > units_on_hand then 'aged'
            when abc_class = 'c' and net_units > 0 and units_on_hand > net_units then 'overstocked'
        end as mark_down_reason
    from products_gathered
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(category_id as bigint) as category_id,

    -- attributes
    {% for column in [
        'sku', 'product_name', 'product_type', 'product_status', 'category_name',
        'top_category_name', 'abc_class', 'reorder_reason', 'mark_down_reason',
    ] -%}
    cast({{ column }} as text) as {{ column }},
    {% endfor %}
    -- measures
    {% for column in [
        'units_on_hand', 'oversold_units', 'reserved_units', 'available_units', 'young_units',
        'middle_units', 'old_units', 'ageless_units', 'image_count', 'stock_out_day_count',
    ] -%}
    cast({{ column }} as bigint) as {{ column }},
    {% endfor -%}
    cast(sold_units as bigint) as year_sold_units,
    cast(net_units as bigint) as year_net_units,
    cast(
        case
            when reorder_reason is not null
                then {{ integer_divide('90 * net_units + 364', '365') }} - available_units
            else 0
        end as bigint
    ) as reorder_units,
    cast(lost_units as numeric(28, 8)) as lost_units,
    cast(lost_sales_amount as numeric(18, 2)) as lost_sales_amount,
    cast(cover_days as numeric(28, 8)) as cover_days,
    cast(list_price as numeric(18, 2)) as list_price,
    cast(unit_cost as numeric(18, 2)) as unit_cost,
    cast(material_cost_amount as numeric(28, 2)) as material_cost_amount,
    cast(last_unit_cost_amount as numeric(18, 2)) as last_unit_cost_amount,
    cast(material_cost_amount - last_unit_cost_amount as numeric(28, 2)) as cost_gap_amount,
    cast(stock_at_cost_amount as numeric(28, 2)) as stock_at_cost_amount,
    cast(month_ends_at_cost_amount as numeric(28, 2)) as month_ends_at_cost_amount,
    cast(net_sales_amount as numeric(18, 2)) as year_net_sales_amount,
    cast(demand_sales_amount as numeric(18, 2)) as year_demand_sales_amount,
    cast(costed_demand_amount as numeric(18, 2)) as year_costed_demand_amount,
    cast(cost_amount as numeric(18, 2)) as year_cost_amount,
    cast(
        {{ where_costed(
            'net_sales_amount - cost_amount', 'costed_demand_amount', 'demand_sales_amount'
        ) }} as numeric(18, 2)
    ) as year_gross_margin_amount,
    cast(
        {{ ratio(
            where_costed(
                '13 * (net_sales_amount - cost_amount)', 'costed_demand_amount',
                'demand_sales_amount',
            ),
            'month_ends_at_cost_amount',
        ) }} as numeric(28, 8)
    ) as return_on_inventory,

    -- flags
    cast(is_deleted as boolean) as is_deleted,
    cast(was_ever_stocked as boolean) as was_ever_stocked,
    cast(last_sold_date is null and not is_deleted as boolean) as is_never_sold,
    cast(image_count = 0 and not is_deleted as boolean) as lacks_photograph,
    cast(
        coalesce(list_price < present_cost_amount, false) and not is_deleted as boolean
    ) as is_below_cost,
    cast(has_unmatched_sku as boolean) as has_unmatched_sku,
    cast(has_invalid_attribute as boolean) as has_invalid_attribute,
    cast(
        coalesce(units_on_hand > 0, false) and stock_at_cost_amount is null as boolean
    ) as has_unknown_cost,

    -- dates
    cast(last_sold_date as date) as last_sold_date,
    cast(last_received_date as date) as last_received_date,
    cast(as_of_date as date) as as_of_date
from products_judged
