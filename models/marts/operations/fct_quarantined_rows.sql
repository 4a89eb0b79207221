{#- What cannot be counted as it stands: shown with the reason and what to do, never dropped in silence. -#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

order_lines as (
    select * from {{ ref('fct_order_lines') }}
),

order_items as (
    select * from {{ ref('stg_orders__order_items') }}
),

order_payments as (
    select * from {{ ref('stg_orders__order_payments') }}
),

order_refunds as (
    select * from {{ ref('stg_orders__order_refunds') }}
),

order_returns as (
    select * from {{ ref('stg_orders__order_returns') }}
),

campaign_goals as (
    select * from {{ ref('stg_marketing__campaign_goals') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('stg_marketing__campaigns') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

rows_of_people as (
    select * from {{ ref('int_people__rows_quarantined') }}
),

undated_payments as (
    select
        tenant_id, 'order_payments' as source_table, payment_id as source_id,
        'A succeeded payment has no moment: it is not in payments_collected.' as reason,
        'Set paid_at.' as next_step
    from order_payments
    where status = 'succeeded' and paid_at is null
),

undated_refunds as (
    select
        tenant_id, 'order_refunds' as source_table, refund_id as source_id,
        'A succeeded refund has no moment: it is not in returns.' as reason,
        'Set refunded_at.' as next_step
    from order_refunds
    where status = 'succeeded' and refunded_at is null
),

uncosted_lines as (
    select
        order_lines.tenant_id, 'order_items' as source_table,
        order_lines.order_item_id as source_id,
        'The line has no unit cost: it is in cost_of_goods with 0.' as reason,
        'Set unit_cost to what the unit cost on the day of the sale.' as next_step
    from order_lines
    inner join order_items
        on order_items.tenant_id = order_lines.tenant_id
        and order_items.order_item_id = order_lines.order_item_id
    where order_items.unit_cost is null and not order_lines.is_gift_card
),

uncosted_returns as (
    select
        tenant_id, 'order_returns' as source_table, return_id as source_id,
        'A received return names no line or no moment: its cost is not taken back.' as reason,
        'Set order_item_id and received_at.' as next_step
    from order_returns
    where status = 'received' and (order_item_id is null or received_at is null)
),

units_received_per_line as (
    select tenant_id, order_item_id, sum(quantity) as quantity, max(return_id) as return_id
    from order_returns
    where status = 'received'
    group by tenant_id, order_item_id
),

excess_returns as (
    select
        order_lines.tenant_id, 'order_returns' as source_table,
        units_received_per_line.return_id as source_id,
        'More units came back than the line sold.' as reason,
        'Correct the quantities of the returns of this line.' as next_step
    from units_received_per_line
    inner join order_lines
        on order_lines.tenant_id = units_received_per_line.tenant_id
        and order_lines.order_item_id = units_received_per_line.order_item_id
    where units_received_per_line.quantity > order_lines.quantity
),

discounts_without_lines as (
    select
        orders_counted.tenant_id, 'orders' as source_table, orders_counted.order_id as source_id,
        'The order has a discount and no line to take it: it is not in discounts.' as reason,
        'Restore the lines or set discount_amount to 0.' as next_step
    from orders_counted
    left join (
        select distinct tenant_id, order_id from order_lines
    ) as orders_with_lines
        on orders_with_lines.tenant_id = orders_counted.tenant_id
        and orders_with_lines.order_id = orders_counted.order_id
    where orders_counted.discount_amount_original <> 0 and orders_with_lines.order_id is null
),

doubtful_rates as (
    select
        orders_counted.tenant_id, 'orders' as source_table, orders_counted.order_id as source_id,
        case
            when orders_counted.currency_code = tenants.currency_code
                then 'The order is in the tenant''s currency, its exchange rate is not 1.'
            else 'The order is in a foreign currency, its exchange rate is 1.'
        end as reason,
        'Check currency_code and exchange_rate: amounts are counted with the rate as it stands.'
            as next_step
    from orders_counted
    inner join tenants
        on tenants.tenant_id = orders_counted.tenant_id
    where (orders_counted.currency_code = tenants.currency_code)
        <> (orders_counted.exchange_rate = 1)
),

goals_of_campaigns as (
    select
        campaign_goals.tenant_id,
        campaign_goals.goal_id,
        coalesce(campaign_goals.ends_on, campaigns.ends_on)
        - coalesce(campaign_goals.starts_on, campaigns.starts_on) + 1 as day_count
    from campaign_goals
    inner join campaigns
        on campaigns.tenant_id = campaign_goals.tenant_id
        and campaigns.campaign_id = campaign_goals.campaign_id
),

undated_goals as (
    select
        tenant_id, 'mkt_campaign_goals' as source_table, goal_id as source_id,
        case
            when day_count is null
                then 'Neither the goal nor its campaign has a first and a last day: it is not shown.'
            when day_count < 1 then 'The goal ends before it begins: it is not shown.'
            else 'The goal is for more than 3,660 days: it is not shown.'
        end as reason,
        'Set starts_on and ends_on.' as next_step
    from goals_of_campaigns
    where day_count is null or day_count not between 1 and 3660
),

rows_quarantined as (
    select * from undated_payments
    union all
    select * from undated_refunds
    union all
    select * from uncosted_lines
    union all
    select * from uncosted_returns
    union all
    select * from excess_returns
    union all
    select * from discounts_without_lines
    union all
    select * from doubtful_rates
    union all
    select * from undated_goals
    union all
    select * from rows_of_people
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(reason as text) as reason,
    cast(next_step as text) as next_step
from rows_quarantined
