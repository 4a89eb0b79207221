{#-
    Orders that are not settled: what customers owe or are owed, and what they paid ahead of goods
    that they do not have (definitions.md, Balance due).
-#}
with

orders as (
    select * from {{ ref('fct_orders') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders_aged as (
    select
        orders.*,
        tenants.as_of_date - orders.order_date as age_days,
        case
            when orders.order_status not in ('delivered', 'completed')
                then greatest(orders.payments_collected_amount, 0)
            else 0
        end as deposit_amount
    from orders
    inner join tenants
        on tenants.tenant_id = orders.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,

    -- attributes
    cast(order_number as text) as order_number,
    cast(order_status as text) as order_status,
    cast(order_type as text) as order_type,
    cast(channel_name as text) as channel_name,
    cast(
        case
            when age_days <= 30 then 'up_to_30'
            when age_days <= 60 then 'up_to_60'
            when age_days <= 90 then 'up_to_90'
            else 'over_90'
        end as text
    ) as age_band,

    -- measures
    cast(greatest(balance_due_amount, 0) as numeric(18, 2)) as balance_due_amount,
    cast(greatest(-balance_due_amount, 0) as numeric(18, 2)) as overpaid_amount,
    cast(deposit_amount as numeric(18, 2)) as deposit_amount,
    cast(greatest(age_days, 0) as integer) as age_days,

    -- dates
    cast(order_date as date) as order_date,
    cast(promised_on as date) as promised_date
from orders_aged
where balance_due_amount <> 0 or deposit_amount > 0
