{#-
    What was ordered of each product on each day and page: what the sales of a scope are summed
    from.
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

with

order_lines as (
    select * from {{ ref('fct_order_lines') }}
    where not is_gift_card
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
)

select
    -- keys
    cast(order_lines.tenant_id as bigint) as tenant_id,
    cast(order_lines.product_id as bigint) as product_id,
    cast(orders_counted.page_id as bigint) as page_id,

    -- measures
    cast(sum(order_lines.demand_amount) as numeric(18, 2)) as demand_amount,
    cast(sum(order_lines.cost_amount) as numeric(18, 2)) as cost_amount,
    cast(
        sum(case when order_lines.has_unit_cost then order_lines.demand_amount else 0 end)
        as numeric(18, 2)
    ) as costed_amount,

    -- dates
    cast(order_lines.order_date as date) as order_date
from order_lines
inner join orders_counted
    on orders_counted.tenant_id = order_lines.tenant_id
    and orders_counted.order_id = order_lines.order_id
group by
    order_lines.tenant_id,
    order_lines.product_id,
    orders_counted.page_id,
    order_lines.order_date
