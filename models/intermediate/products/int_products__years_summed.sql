{#-
    The year of each product: the 365 local days that end with the last whole local day. Classes go
    by net sales above 0; whoever sold for nothing or less is in no share (definitions.md, Products
    and inventory).
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

product_days as (
    select * from {{ ref('fct_product_days') }}
    where product_id is not null
),

stock_out_days as (
    select * from {{ ref('fct_stock_out_days') }}
),

years as (
    select
        product_days.tenant_id,
        product_days.product_id,
        sum(product_days.sold_units) as sold_units,
        sum(product_days.net_units) as net_units,
        sum(product_days.net_sales_amount) as net_sales_amount,
        sum(product_days.demand_sales_amount) as demand_sales_amount,
        sum(product_days.costed_demand_amount) as costed_demand_amount,
        sum(product_days.cost_amount) as cost_amount,
        sum(product_days.receipt_units) as receipt_units
    from product_days
    inner join tenants
        on tenants.tenant_id = product_days.tenant_id
        and tenants.as_of_date > product_days.activity_date
        and tenants.as_of_date - 365 <= product_days.activity_date
    group by product_days.tenant_id, product_days.product_id
),

stock_outs as (
    select
        stock_out_days.tenant_id,
        stock_out_days.product_id,
        count(*) as stock_out_day_count,
        sum(stock_out_days.lost_units) as lost_units,
        sum(stock_out_days.lost_sales_amount) as lost_sales_amount
    from stock_out_days
    inner join tenants
        on tenants.tenant_id = stock_out_days.tenant_id
        and tenants.as_of_date - 365 <= stock_out_days.stock_out_date
    group by stock_out_days.tenant_id, stock_out_days.product_id
),

years_ranked as (
    select
        years.*,
        sum(greatest(net_sales_amount, 0)) over (
            partition by tenant_id
            order by net_sales_amount desc, product_id
            rows between unbounded preceding and current row
        ) - greatest(net_sales_amount, 0) as before_amount,
        sum(greatest(net_sales_amount, 0)) over (partition by tenant_id) as all_amount
    from years
)

select
    -- keys
    cast(years_ranked.tenant_id as bigint) as tenant_id,
    cast(years_ranked.product_id as bigint) as product_id,

    -- attributes
    cast(
        case
            when years_ranked.sold_units = 0 then 'dead'
            when years_ranked.net_sales_amount <= 0 then 'c'
            when years_ranked.before_amount * 100 < years_ranked.all_amount * 80 then 'a'
            when years_ranked.before_amount * 100 < years_ranked.all_amount * 95 then 'b'
            else 'c'
        end as text
    ) as abc_class,

    -- measures
    {% for column in ['sold_units', 'net_units', 'receipt_units'] -%}
    cast(years_ranked.{{ column }} as bigint) as {{ column }},
    {% endfor -%}
    {% for column in [
        'net_sales_amount', 'demand_sales_amount', 'costed_demand_amount', 'cost_amount'
    ] -%}
    cast(years_ranked.{{ column }} as numeric(18, 2)) as {{ column }},
    {% endfor -%}
    cast(coalesce(stock_outs.stock_out_day_count, 0) as integer) as stock_out_day_count,
    cast(coalesce(stock_outs.lost_units, 0) as numeric(28, 8)) as lost_units,
    cast(coalesce(stock_outs.lost_sales_amount, 0) as numeric(18, 2)) as lost_sales_amount
from years_ranked
left join stock_outs
    on stock_outs.tenant_id = years_ranked.tenant_id
    and stock_outs.product_id = years_ranked.product_id
