-- Fails when what product days have of a day is not what the sales ledger has of it, or their
-- movements are not all movements.
with

product_days as (
    select * from {{ ref('fct_product_days') }}
),

ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

movements as (
    select * from {{ ref('stg_history__stock_movements') }}
),

listed as (
    select
        tenant_id,
        activity_date as listed_date,
        net_sales_amount as amount,
        net_units as units
    from product_days
    union all
    select
        tenant_id,
        ledger_date,
        case when event_type in ('sale', 'discount', 'return') then -amount else 0 end,
        case when event_type in ('sale', 'cost_return') then -quantity else 0 end
    from ledger
    union all
    select
        tenant_id,
        cast(null as date),
        0,
        change_units
    from product_days
    union all
    select
        tenant_id,
        null,
        0,
        -quantity_change
    from movements
)

select
    tenant_id,
    listed_date,
    sum(amount) as amount_over,
    sum(units) as units_over
from listed
group by tenant_id, listed_date
having sum(amount) <> 0 or sum(units) <> 0
