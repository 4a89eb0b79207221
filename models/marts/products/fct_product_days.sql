{#-
    What was sold of each product and what moved of it, by local day: sales on the days of net
    sales, movements on their own. Whatever the ledger has of no product is a row of none, so that
    all rows add up to net sales.
-#}
with

ledger as (
    select * from {{ ref('fct_sales_ledger') }}
    where event_type in ('sale', 'discount', 'return', 'cost', 'cost_return')
),

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
),

sales_per_day as (
    select
        tenant_id,
        product_id,
        ledger_date as activity_date,
        sum(case when event_type = 'sale' then quantity else 0 end) as sold_units,
        sum(case when event_type = 'cost_return' then -quantity else 0 end) as returned_units,
        sum(case when event_type in ('sale', 'discount', 'return') then amount else 0 end)
            as net_sales_amount,
        sum(case when event_type in ('sale', 'discount') then amount else 0 end)
            as demand_sales_amount,
        sum(
            case
                when event_type in ('sale', 'discount') and has_unit_cost then amount else 0
            end
        ) as costed_demand_amount,
        sum(case when event_type in ('cost', 'cost_return') then -amount else 0 end)
            as cost_amount
    from ledger
    group by tenant_id, product_id, ledger_date
),

changes_per_day as (
    select
        tenant_id,
        product_id,
        change_date as activity_date,
        sum(change_units) as change_units,
        sum(receipt_units) as receipt_units
    from stock_changes
    group by tenant_id, product_id, change_date
),

activities as (
    select
        tenant_id, product_id, activity_date, sold_units, returned_units, net_sales_amount,
        demand_sales_amount, costed_demand_amount, cost_amount, 0 as change_units,
        0 as receipt_units
    from sales_per_day
    union all
    select
        tenant_id, product_id, activity_date, 0, 0, 0,
        0, 0, 0, change_units,
        receipt_units
    from changes_per_day
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,

    -- measures
    cast(sum(sold_units) as bigint) as sold_units,
    cast(sum(sold_units - returned_units) as bigint) as net_units,
    cast(sum(net_sales_amount) as numeric(18, 2)) as net_sales_amount,
    cast(sum(demand_sales_amount) as numeric(18, 2)) as demand_sales_amount,
    cast(sum(costed_demand_amount) as numeric(18, 2)) as costed_demand_amount,
    cast(sum(cost_amount) as numeric(18, 2)) as cost_amount,
    cast(sum(change_units) as bigint) as change_units,
    cast(sum(receipt_units) as bigint) as receipt_units,

    -- dates
    cast(activity_date as date) as activity_date
from activities
group by tenant_id, product_id, activity_date
