{#-
    What forecasts are made from: every day from the first order to the last whole one, those
    without sales too; at most the last four years.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

first_days as (
    select tenant_id, min(order_date) as first_order_date
    from sales_ledger
    where event_type in ('sale', 'gift_card', 'order')
    group by tenant_id
),

spans as (
    select
        tenants.tenant_id,
        greatest(first_days.first_order_date, tenants.as_of_date - 1461) as first_date,
        tenants.as_of_date - 1 as last_date
    from tenants
    inner join first_days
        on first_days.tenant_id = tenants.tenant_id
        and first_days.first_order_date < tenants.as_of_date
),

days as (
    select
        tenant_id,
        cast({{ each_day('first_date', 'last_date') }} as date) as date_day
    from spans
),

net_sales_per_day as (
    select tenant_id, ledger_date, sum(amount) as net_sales_amount
    from sales_ledger
    where event_type in ('sale', 'discount', 'return')
    group by tenant_id, ledger_date
),

orders_per_day as (
    select tenant_id, order_date, count(distinct order_id) as order_count
    from sales_ledger
    where event_type in ('sale', 'gift_card', 'order')
    group by tenant_id, order_date
)

select
    -- keys
    cast(days.tenant_id as bigint) as tenant_id,
    cast(days.date_day as date) as date_day,

    -- measures
    cast(coalesce(net_sales_per_day.net_sales_amount, 0) as numeric(18, 2)) as net_sales_amount,
    cast(coalesce(orders_per_day.order_count, 0) as integer) as order_count
from days
left join net_sales_per_day
    on net_sales_per_day.tenant_id = days.tenant_id
    and net_sales_per_day.ledger_date = days.date_day
left join orders_per_day
    on orders_per_day.tenant_id = days.tenant_id
    and orders_per_day.order_date = days.date_day
