{#-
    The tree of categories: what is of each itself, and with all that is below it. A product is
    under one category, so that the totals at the top add up; whatever goes in a circle is below
    each other and has the same total.
-#}
with

categories as (
    select * from {{ ref('stg_products__categories') }}
),

categories_nested as (
    select * from {{ ref('int_marketing__categories_nested') }}
),

products as (
    select * from {{ ref('rpt_products') }}
),

products_by_category as (
    select
        tenant_id,
        category_id,
        count(*) as product_count,
        {% for column in [
            'units_on_hand', 'year_net_units', 'year_net_sales_amount', 'year_gross_margin_amount',
            'year_costed_demand_amount', 'year_demand_sales_amount',
        ] -%}
        sum({{ column }}) as {{ column }},
        {% endfor -%}
        {% for column in ['stock_at_cost_amount', 'month_ends_at_cost_amount'] -%}
        {{ sum_where_all_known(column) }} as {{ column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from products
    group by tenant_id, category_id
),

branches as (
    select
        categories_nested.tenant_id,
        categories_nested.ancestor_category_id as category_id,
        {% for column in [
            'product_count', 'units_on_hand', 'year_net_units', 'year_net_sales_amount',
            'year_gross_margin_amount', 'year_costed_demand_amount', 'year_demand_sales_amount',
        ] -%}
        sum(products_by_category.{{ column }}) as {{ column }},
        {% endfor -%}
        {% for column in ['stock_at_cost_amount', 'month_ends_at_cost_amount'] -%}
        {{ sum_where_all_known('products_by_category.' ~ column) }}
            as {{ column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from categories_nested
    inner join products_by_category
        on products_by_category.tenant_id = categories_nested.tenant_id
        and products_by_category.category_id = categories_nested.category_id
    group by categories_nested.tenant_id, categories_nested.ancestor_category_id
),

categories_summed as (
    select
        categories.tenant_id,
        categories.category_id,
        categories.parent_id,
        categories.name as category_name,
        coalesce(products_by_category.product_count, 0) as own_product_count,
        coalesce(products_by_category.year_net_sales_amount, 0) as own_net_sales_amount,
        coalesce(branches.product_count, 0) as product_count,
        case when branches.product_count > 0 then branches.units_on_hand else 0 end
            as units_on_hand,
        coalesce(branches.year_net_units, 0) as year_net_units,
        case when branches.product_count > 0 then branches.stock_at_cost_amount else 0 end
            as stock_at_cost_amount,
        coalesce(branches.year_net_sales_amount, 0) as year_net_sales_amount,
        {{ where_costed(
            'branches.year_gross_margin_amount', 'branches.year_costed_demand_amount',
            'branches.year_demand_sales_amount',
        ) }} as year_gross_margin_amount,
        branches.month_ends_at_cost_amount
    from categories
    left join products_by_category
        on products_by_category.tenant_id = categories.tenant_id
        and products_by_category.category_id = categories.category_id
    left join branches
        on branches.tenant_id = categories.tenant_id
        and branches.category_id = categories.category_id
    where categories.deleted_at is null or branches.product_count > 0
    union all
    select
        tenant_id,
        category_id,
        null,
        null,
        product_count,
        year_net_sales_amount,
        product_count,
        units_on_hand,
        year_net_units,
        stock_at_cost_amount,
        year_net_sales_amount,
        {{ where_costed(
            'year_gross_margin_amount', 'year_costed_demand_amount', 'year_demand_sales_amount',
        ) }},
        month_ends_at_cost_amount
    from products_by_category
    where category_id is null
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(category_id as bigint) as category_id,
    cast(parent_id as bigint) as parent_id,

    -- attributes
    cast(category_name as text) as category_name,

    -- measures
    cast(own_product_count as bigint) as own_product_count,
    cast(own_net_sales_amount as numeric(18, 2)) as own_net_sales_amount,
    cast(product_count as bigint) as product_count,
    cast(units_on_hand as bigint) as units_on_hand,
    cast(year_net_units as bigint) as year_net_units,
    cast(stock_at_cost_amount as numeric(28, 2)) as stock_at_cost_amount,
    cast(year_net_sales_amount as numeric(18, 2)) as year_net_sales_amount,
    cast(year_gross_margin_amount as numeric(18, 2)) as year_gross_margin_amount,
    cast(
        {{ ratio('13 * year_gross_margin_amount', 'month_ends_at_cost_amount') }}
        as numeric(28, 8)
    ) as return_on_inventory
from categories_summed
