{#-
    First in, first out: the units sold of a variant leave in the order in which units came.
    Whatever came without a receipt (an opening count) stands first, and is of no known age; what
    customers brought back has been sold before. Queues are ranges of numbered units, so that a line
    of a thousand costs no more than one of one.
-#}
with

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
),

movements as (
    select * from {{ ref('stg_history__stock_movements') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
    where not is_gift_card and product_id is not null
),

ageless_units as (
    select
        tenant_id,
        product_id,
        variant_id,
        sum(quantity_change) as units
    from movements
    where movement_type = 'opening' and quantity_change > 0
    group by tenant_id, product_id, variant_id
),

receipts_numbered as (
    select
        stock_changes.tenant_id,
        stock_changes.product_id,
        stock_changes.variant_id,
        stock_changes.change_date as received_date,
        coalesce(ageless_units.units, 0) + sum(stock_changes.receipt_units) over (
            partition by
                stock_changes.tenant_id, stock_changes.product_id, stock_changes.variant_id
            order by stock_changes.change_date
        ) as last_number,
        stock_changes.receipt_units
    from stock_changes
    left join ageless_units
        on ageless_units.tenant_id = stock_changes.tenant_id
        and ageless_units.product_id = stock_changes.product_id
        and ageless_units.variant_id is not distinct from stock_changes.variant_id
    where stock_changes.receipt_units > 0
),

sales_per_day as (
    select tenant_id, product_id, variant_id, order_date, sum(quantity) as sold_units
    from order_lines
    group by tenant_id, product_id, variant_id, order_date
),

sales_numbered as (
    select
        sales_per_day.*,
        sum(sold_units) over (
            partition by tenant_id, product_id, variant_id order by order_date
        ) as last_number
    from sales_per_day
)

select
    -- keys
    cast(sales_numbered.tenant_id as bigint) as tenant_id,
    cast(sales_numbered.product_id as bigint) as product_id,
    cast(sales_numbered.variant_id as bigint) as variant_id,
    cast(sales_numbered.order_date as date) as order_date,
    cast(receipts_numbered.received_date as date) as received_date,

    -- measures
    cast(
        least(sales_numbered.last_number, receipts_numbered.last_number)
        - greatest(
            sales_numbered.last_number - sales_numbered.sold_units,
            receipts_numbered.last_number - receipts_numbered.receipt_units
        ) as bigint
    ) as queued_units,
    cast(sales_numbered.order_date - receipts_numbered.received_date as integer) as days_to_sell
from sales_numbered
inner join receipts_numbered
    on receipts_numbered.tenant_id = sales_numbered.tenant_id
    and receipts_numbered.product_id = sales_numbered.product_id
    and receipts_numbered.variant_id is not distinct from sales_numbered.variant_id
    and receipts_numbered.last_number > sales_numbered.last_number - sales_numbered.sold_units
    and receipts_numbered.last_number - receipts_numbered.receipt_units < sales_numbered.last_number
    and receipts_numbered.received_date <= sales_numbered.order_date
