-- Fails when the ledger of a tenant holds another amount of an event than the operational rows add
-- up to.
{{ config(meta={'incremental': {'key': 'order_id'}}) }}

with

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

orders_placed as (
    select
        orders.*,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places
    from {{ ref('stg_orders__orders') }} as orders
    inner join {{ ref('stg_system__tenants') }} as tenants
        on tenants.tenant_id = orders.tenant_id
    where orders.deleted_at is null and not orders.is_test
),

orders_that_count as (
    select * from orders_placed
    where status not in ('draft', 'cancelled')
),

order_items as (
    select
        order_items.*,
        orders_that_count.exchange_rate,
        orders_that_count.decimal_places
    from {{ ref('stg_orders__order_items') }} as order_items
    inner join orders_that_count
        on orders_that_count.tenant_id = order_items.tenant_id
        and orders_that_count.order_id = order_items.order_id
    where order_items.deleted_at is null and not order_items.is_gift_card
),

succeeded_refunds as (
    select
        order_refunds.*,
        orders_that_count.exchange_rate,
        orders_that_count.decimal_places
    from {{ ref('stg_orders__order_refunds') }} as order_refunds
    inner join orders_that_count
        on orders_that_count.tenant_id = order_refunds.tenant_id
        and orders_that_count.order_id = order_refunds.order_id
    where order_refunds.status = 'succeeded' and order_refunds.refunded_at is not null
),

succeeded_payments as (
    select
        order_payments.*,
        orders_placed.exchange_rate,
        orders_placed.decimal_places
    from {{ ref('stg_orders__order_payments') }} as order_payments
    inner join orders_placed
        on orders_placed.tenant_id = order_payments.tenant_id
        and orders_placed.order_id = order_payments.order_id
    where order_payments.status = 'succeeded' and order_payments.paid_at is not null
),

refunds_of_any_order as (
    select
        order_refunds.*,
        orders_placed.exchange_rate,
        orders_placed.decimal_places
    from {{ ref('stg_orders__order_refunds') }} as order_refunds
    inner join orders_placed
        on orders_placed.tenant_id = order_refunds.tenant_id
        and orders_placed.order_id = order_refunds.order_id
    where order_refunds.status = 'succeeded' and order_refunds.refunded_at is not null
),

expected as (
    {% set events = {
        'sale': ('order_items', 'quantity * unit_price', 1),
        'cost': ('order_items', 'quantity * coalesce(unit_cost, 0)', -1),
        'tax': ('orders_that_count', 'tax_amount', 1),
        'shipping': ('orders_that_count', 'shipping_amount', 1),
        'tax_refund': ('succeeded_refunds', 'tax_amount', -1),
        'shipping_refund': ('succeeded_refunds', 'shipping_amount', -1),
        'payment': ('succeeded_payments', 'amount', 1),
        'refund_payment': ('refunds_of_any_order', 'amount + tax_amount + shipping_amount', -1),
    } -%}
    {% for event_type, (relation, amount, sign) in events.items() -%}
    select
        tenant_id,
        '{{ event_type }}' as event_type,
        sum({{ sign }} * {{ to_tenant_currency(amount, 'exchange_rate', 'decimal_places') }})
            as amount
    from {{ relation }}
    group by tenant_id
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

actual as (
    select tenant_id, event_type, sum(amount) as amount
    from sales_ledger
    where event_type in ('{{ events.keys() | join("', '") }}')  -- noqa: LT05
        and not (event_type = 'sale' and source_table = 'order_refunds')
    group by tenant_id, event_type
)

select
    coalesce(expected.tenant_id, actual.tenant_id) as tenant_id,
    coalesce(expected.event_type, actual.event_type) as event_type,
    expected.amount as expected_amount,
    actual.amount as actual_amount
from expected
full join actual
    on actual.tenant_id = expected.tenant_id
    and actual.event_type = expected.event_type
where coalesce(expected.amount, 0) <> coalesce(actual.amount, 0)
