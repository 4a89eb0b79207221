{#-
    What persons ordered on each of their days up to the last whole one, and how long after the day
    before: several orders of one day are one (definitions.md, Customers). All of it is what the
    days' orders came to, whenever they were returned.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

days_summed as (
    select
        orders.tenant_id,
        orders.person_id,
        orders.order_date,
        count(*) as order_count,
        sum(orders.demand_sales_amount) as demand_sales_amount,
        sum(orders.costed_demand_amount) as costed_demand_amount,
        sum(orders.net_sales_amount) as net_sales_amount,
        sum(orders.net_sales_amount - orders.cost_amount) as recorded_margin_amount
    from orders
    inner join tenants
        on tenants.tenant_id = orders.tenant_id
        and tenants.as_of_date > orders.order_date
    group by orders.tenant_id, orders.person_id, orders.order_date
),

days_spaced as (
    select
        days_summed.*,
        row_number() over (partition by tenant_id, person_id order by order_date) as day_number,
        order_date
        - lag(order_date) over (partition by tenant_id, person_id order by order_date)
            as gap_day_count
    from days_summed
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(person_id as bigint) as person_id,
    cast(order_date as date) as order_date,

    -- measures
    cast(day_number as integer) as day_number,
    cast(gap_day_count as integer) as gap_day_count,
    cast(order_count as integer) as order_count,
    cast(demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(net_sales_amount as numeric(18, 2)) as net_sales_amount,
    cast(recorded_margin_amount as numeric(18, 2)) as recorded_margin_amount
from days_spaced
