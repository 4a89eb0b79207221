{#-
    What is owed for each counted order is added up in its own currency and converted once
    (definitions.md, Balance due): by how much that differs from the amounts of the ledger, which
    are converted and rounded each by itself.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

order_lines as (
    select * from {{ ref('int_sales__order_lines_discounted') }}
),

order_lines_converted as (
    select * from {{ ref('fct_order_lines') }}
),

refunds_allocated as (
    select * from {{ ref('int_sales__refunds_allocated') }}
    where is_given_back
),

refunds_converted as (
    select * from {{ ref('fct_refunds') }}
),

order_payments as (
    select * from {{ ref('stg_orders__order_payments') }}
    where status = 'succeeded' and paid_at is not null
),

payments_converted as (
    select * from {{ ref('fct_payments') }}
    where payment_status = 'succeeded' and paid_at is not null
),

{#- in the order's currency, and as the ledger has it -#}
parts as (
    select tenant_id, order_id, demand_amount_original as amount_original, 0 as amount
    from order_lines
    union all
    select tenant_id, order_id, 0, demand_amount from order_lines_converted
    union all
    select
        tenant_id, order_id,
        removed_sale_amount_original
        + case when refund_type = 'overpayment' then amount_original else 0 end,
        0
    from refunds_allocated
    union all
    select
        tenant_id, order_id, 0,
        removed_sale_amount + case when refund_type = 'overpayment' then refund_amount else 0 end
    from refunds_converted
    where is_given_back
    union all
    select tenant_id, order_id, -amount, 0 from order_payments
    union all
    select tenant_id, order_id, 0, -payment_amount from payments_converted
    union all
    select
        tenant_id, order_id, tax_amount_original + shipping_amount_original,
        {{ to_tenant_currency('tax_amount_original', 'exchange_rate', 'decimal_places') }}
        + {{ to_tenant_currency('shipping_amount_original', 'exchange_rate', 'decimal_places') }}
    from orders_counted
),

parts_per_order as (
    select tenant_id, order_id, sum(amount_original) as amount_original, sum(amount) as amount
    from parts
    group by tenant_id, order_id
),

orders_balanced as (
    select
        orders_counted.tenant_id,
        orders_counted.order_id,
        {{ to_tenant_currency(
            'parts_per_order.amount_original',
            'orders_counted.exchange_rate',
            'orders_counted.decimal_places',
        ) }} as balance_amount,
        parts_per_order.amount as ledger_amount
    from orders_counted
    inner join parts_per_order
        on parts_per_order.tenant_id = orders_counted.tenant_id
        and parts_per_order.order_id = orders_counted.order_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,

    -- measures
    cast(balance_amount - ledger_amount as numeric(18, 2)) as rounding_amount
from orders_balanced
