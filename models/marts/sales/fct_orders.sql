with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

amounts_per_order as (
    select
        tenant_id,
        order_id,
        {% set amounts = {
            'gross_sales_amount': ['sale'],
            'discount_amount': ['discount'],
            'returns_amount': ['return'],
            'gift_card_amount': ['gift_card'],
            'tax_amount': ['tax', 'tax_refund'],
            'shipping_amount': ['shipping', 'shipping_refund'],
            'cost_amount': ['cost', 'cost_return'],
            'charged_amount': [
                'sale', 'discount', 'gift_card', 'tax', 'shipping', 'balance_rounding'
            ],
            'payments_collected_amount': ['payment'],
            'overpayment_amount': ['overpayment_refund'],
        } -%}
        {% for name, event_types in amounts.items() -%}
        sum(
            case when event_type in ('{{ event_types | join("', '") }}') then amount else 0 end  -- noqa: LT05
        ) as {{ name }},
        {% endfor -%}
        count(
            case
                when event_type in ('sale', 'gift_card') and source_table = 'order_items' then 1
            end
        ) as line_count,
        sum(case when event_type in ('sale', 'discount') and has_unit_cost then amount else 0 end)
            as costed_demand_amount,
        sum(case when event_type = 'sale' then quantity else 0 end) as unit_count,
        sum(case when event_type = 'cost_return' then -quantity else 0 end) as returned_unit_count
    from sales_ledger
    group by tenant_id, order_id
)

select
    -- keys
    cast(orders_counted.tenant_id as bigint) as tenant_id,
    cast(orders_counted.order_id as bigint) as order_id,
    cast(orders_counted.customer_id as bigint) as customer_id,
    cast(orders_counted.person_id as bigint) as person_id,
    cast(orders_counted.page_id as bigint) as page_id,
    cast(orders_counted.sales_user_id as bigint) as sales_user_id,

    -- attributes
    cast(orders_counted.order_number as text) as order_number,
    cast(orders_counted.order_status as text) as order_status,
    cast(orders_counted.order_type as text) as order_type,
    cast(orders_counted.buyer_type as text) as buyer_type,
    cast(orders_counted.channel_name as text) as channel_name,
    cast(orders_counted.platform_name as text) as platform_name,
    cast(orders_counted.currency_code as text) as currency_code,

    -- measures
    cast(amounts.gross_sales_amount as numeric(18, 2)) as gross_sales_amount,
    cast(-amounts.discount_amount as numeric(18, 2)) as discount_amount,
    cast(
        amounts.gross_sales_amount + amounts.discount_amount as numeric(18, 2)
    ) as demand_sales_amount,
    cast(-amounts.returns_amount as numeric(18, 2)) as returns_amount,
    cast(
        amounts.gross_sales_amount + amounts.discount_amount + amounts.returns_amount
        as numeric(18, 2)
    ) as net_sales_amount,
    cast(amounts.gift_card_amount as numeric(18, 2)) as gift_card_amount,
    cast(amounts.tax_amount as numeric(18, 2)) as tax_amount,
    cast(amounts.shipping_amount as numeric(18, 2)) as shipping_amount,
    cast(
        amounts.gross_sales_amount
        + amounts.discount_amount
        + amounts.returns_amount
        + amounts.tax_amount
        + amounts.shipping_amount as numeric(18, 2)
    ) as total_sales_amount,
    cast(amounts.costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(-amounts.cost_amount as numeric(18, 2)) as cost_amount,
    cast(
        {{ where_costed(
            'amounts.gross_sales_amount + amounts.discount_amount'
            ~ ' + amounts.returns_amount + amounts.cost_amount',
            costed='amounts.costed_demand_amount',
            demand='amounts.gross_sales_amount + amounts.discount_amount',
        ) }} as numeric(18, 2)
    ) as gross_margin_amount,
    cast(amounts.payments_collected_amount as numeric(18, 2)) as payments_collected_amount,
    cast(
        amounts.charged_amount
        - amounts.payments_collected_amount
        - amounts.overpayment_amount as numeric(18, 2)
    ) as balance_due_amount,
    cast(amounts.line_count as integer) as line_count,
    cast(amounts.unit_count as integer) as unit_count,
    cast(amounts.returned_unit_count as integer) as returned_unit_count,

    -- dates
    cast(orders_counted.order_date as date) as order_date,
    cast(orders_counted.promised_on as date) as promised_on,

    -- timestamps
    cast(orders_counted.ordered_at as timestamp with time zone) as ordered_at,
    cast(orders_counted.ordered_at_local as timestamp) as ordered_at_local
from orders_counted
inner join amounts_per_order as amounts
    on amounts.tenant_id = orders_counted.tenant_id
    and amounts.order_id = orders_counted.order_id
