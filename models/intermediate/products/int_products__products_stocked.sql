{#-
    What is there of each product: units now, by age and at cost, and at the last 13 month ends. At
    cost means at the product's present unit cost, at that of its materials where it has none. Where
    a shop records no stock, or no movement, what that would tell is null: nobody counted is not 0.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

costs as (
    select * from {{ ref('int_products__costs_composed') }}
),

stock_counted as (
    select * from {{ ref('int_products__stock_counted') }}
),

stock_aged as (
    select * from {{ ref('int_products__stock_aged') }}
),

month_ends as (
    select * from {{ ref('int_products__month_ends_counted') }}
),

stock_levels as (
    select * from {{ ref('int_products__stock_levels_traced') }}
),

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
    where receipt_units > 0
),

units_now as (
    select
        tenant_id,
        product_id,
        sum(units_on_hand) as units_on_hand,
        sum(oversold_units) as oversold_units,
        sum(reserved_units) as reserved_units
    from stock_counted
    group by tenant_id, product_id
),

units_by_age as (
    select
        stock_aged.tenant_id,
        stock_aged.product_id,
        {% set age = 'tenants.as_of_date - stock_aged.received_date' -%}
        {% for column, condition in {
            'young_units': age ~ ' < 183',
            'middle_units': age ~ ' between 183 and 365',
            'old_units': age ~ ' > 365',
            'ageless_units': 'stock_aged.received_date is null',
        }.items() -%}
        sum(case when {{ condition }} then stock_aged.units_on_hand else 0 end)
            as {{ column }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from stock_aged
    inner join tenants
        on tenants.tenant_id = stock_aged.tenant_id
    group by stock_aged.tenant_id, stock_aged.product_id
),

units_at_month_ends as (
    select tenant_id, product_id, sum(units_on_hand) as month_end_units
    from month_ends
    group by tenant_id, product_id
),

shops_counted as (
    select distinct tenant_id from stock_counted
),

shops_moved as (
    select distinct tenant_id from month_ends
),

products_ever_stocked as (
    select tenant_id, product_id
    from stock_levels
    where units_on_hand > 0 or on_hand_day_count > 0
    group by tenant_id, product_id
),

last_receipts as (
    select tenant_id, product_id, max(change_date) as last_received_date
    from stock_changes
    group by tenant_id, product_id
),

products_costed as (
    select
        products.tenant_id,
        products.product_id,
        cast(coalesce(products.unit_cost, costs.material_cost_amount) as numeric(28, 2))
            as present_cost_amount,
        costs.material_cost_amount,
        costs.last_unit_cost_amount,
        costs.last_costed_date
    from products
    left join costs
        on costs.tenant_id = products.tenant_id
        and costs.product_id = products.product_id
),

products_stocked as (
    select
        products_costed.*,
        {% for name, columns in {
            'units_now': ['units_on_hand', 'oversold_units', 'reserved_units'],
            'units_by_age': ['young_units', 'middle_units', 'old_units', 'ageless_units'],
        }.items() -%}
        {% for column in columns -%}
        case when shops_counted.tenant_id is not null then coalesce({{ name }}.{{ column }}, 0) end
            as {{ column }},
        {% endfor -%}
        {% endfor -%}
        case
            when shops_moved.tenant_id is not null
                then coalesce(units_at_month_ends.month_end_units, 0)
        end as month_end_units,
        shops_moved.tenant_id is not null as has_movements,
        last_receipts.last_received_date,
        products_ever_stocked.product_id is not null as was_ever_stocked
    from products_costed
    left join shops_counted
        on shops_counted.tenant_id = products_costed.tenant_id
    left join shops_moved
        on shops_moved.tenant_id = products_costed.tenant_id
    {% for name in [
        'units_now', 'units_by_age', 'units_at_month_ends', 'last_receipts',
        'products_ever_stocked',
    ] -%}
    left join {{ name }}
        on {{ name }}.tenant_id = products_costed.tenant_id
        and {{ name }}.product_id = products_costed.product_id
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- measures
    {% for column in [
        'units_on_hand', 'oversold_units', 'reserved_units', 'young_units', 'middle_units',
        'old_units', 'ageless_units',
    ] -%}
    cast({{ column }} as bigint) as {{ column }},
    {% endfor -%}
    cast(present_cost_amount as numeric(28, 2)) as present_cost_amount,
    cast(material_cost_amount as numeric(28, 2)) as material_cost_amount,
    cast(last_unit_cost_amount as numeric(18, 2)) as last_unit_cost_amount,
    -- nothing costs nothing, whatever a unit costs
    cast(
        case when units_on_hand = 0 then 0 else units_on_hand * present_cost_amount end
        as numeric(28, 2)
    ) as stock_at_cost_amount,
    cast(
        case when month_end_units = 0 then 0 else month_end_units * present_cost_amount end
        as numeric(28, 2)
    ) as month_ends_at_cost_amount,

    -- flags
    cast(was_ever_stocked or coalesce(units_on_hand > 0, false) as boolean) as was_ever_stocked,
    cast(has_movements as boolean) as has_movements,

    -- dates
    cast(last_received_date as date) as last_received_date,
    cast(last_costed_date as date) as last_costed_date
from products_stocked
