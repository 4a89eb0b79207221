-- Fails when segments hold other persons than those who ordered by the last whole day, or other
-- sales than their orders came to; and when cohorts hold other persons or sales than the ledger has
-- by the day of the data.
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders as (
    select orders.*, tenants.as_of_date
    from {{ ref('fct_orders') }} as orders
    inner join tenants
        on tenants.tenant_id = orders.tenant_id
        and tenants.as_of_date >= orders.order_date
    where orders.person_id is not null
),

sales_ledger as (
    select sales_ledger.*
    from {{ ref('fct_sales_ledger') }} as sales_ledger
    inner join tenants
        on tenants.tenant_id = sales_ledger.tenant_id
        and tenants.as_of_date >= sales_ledger.event_date
        and tenants.as_of_date >= sales_ledger.order_date
    where sales_ledger.person_id is not null
        and sales_ledger.event_type in ('sale', 'discount', 'return')
),

figures as (
    select
        tenant_id,
        'persons' as figure,
        count(distinct person_id) as person_count,
        count(*) as order_count,
        sum(net_sales_amount) as net_sales_amount
    from orders
    where order_date < as_of_date
    group by tenant_id
    union all
    select
        tenant_id,
        'persons' as figure,
        -count(*) as person_count,
        -sum(order_count) as order_count,
        -sum(net_sales_amount) as net_sales_amount
    from {{ ref('rpt_persons') }}
    where segment is not null
    group by tenant_id
    union all
    select
        tenant_id,
        'cohorts' as figure,
        count(distinct person_id) as person_count,
        count(*) as order_count,
        0 as net_sales_amount
    from orders
    group by tenant_id
    union all
    select
        tenant_id,
        'cohorts' as figure,
        0 as person_count,
        0 as order_count,
        sum(amount) as net_sales_amount
    from sales_ledger
    group by tenant_id
    union all
    select
        tenant_id,
        'cohorts' as figure,
        -sum(case when month_number = 0 then person_count else 0 end) as person_count,
        -sum(order_count) as order_count,
        -sum(net_sales_amount) as net_sales_amount
    from {{ ref('rpt_cohort_months') }}
    group by tenant_id
)

select
    tenant_id,
    figure,
    sum(person_count) as person_count,
    sum(order_count) as order_count,
    sum(net_sales_amount) as net_sales_amount
from figures
group by tenant_id, figure
having sum(person_count) <> 0 or sum(order_count) <> 0 or sum(net_sales_amount) <> 0
