-- Fails when what campaigns have of an order, in one attribution model and window, is not what the
-- ledger has of it.
{{ config(meta={'incremental': {'key': 'order_id'}}) }}

with

campaign_sales as (
    select * from {{ ref('fct_campaign_sales') }}
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

of_campaigns as (
    select
        tenant_id, attribution_model, window_days, order_id,
        sum(demand_sales_amount) as demand_sales_amount,
        sum(returns_amount) as returns_amount,
        sum(cost_amount) as cost_amount,
        sum(order_weight) as order_weight,
        sum(unit_weight) as unit_weight,
        sum(new_customer_weight) as new_customer_weight
    from campaign_sales
    group by tenant_id, attribution_model, window_days, order_id
),

of_ledger as (
    select
        tenant_id, order_id,
        sum(case when event_type in ('sale', 'discount') then amount else 0 end)
            as demand_sales_amount,
        sum(case when event_type = 'return' then -amount else 0 end) as returns_amount,
        sum(case when event_type in ('cost', 'cost_return') then -amount else 0 end) as cost_amount,
        sum(case when event_type = 'sale' then quantity else 0 end) as unit_count
    from sales_ledger
    group by tenant_id, order_id
)

select
    of_campaigns.tenant_id,
    of_campaigns.attribution_model,
    of_campaigns.window_days,
    of_campaigns.order_id
from of_campaigns
inner join of_ledger
    on of_ledger.tenant_id = of_campaigns.tenant_id
    and of_ledger.order_id = of_campaigns.order_id
inner join orders_that_count
    on orders_that_count.tenant_id = of_campaigns.tenant_id
    and orders_that_count.order_id = of_campaigns.order_id
where of_campaigns.demand_sales_amount <> of_ledger.demand_sales_amount
    or of_campaigns.returns_amount <> of_ledger.returns_amount
    or of_campaigns.cost_amount <> of_ledger.cost_amount
    or of_campaigns.order_weight <> 1
    or of_campaigns.unit_weight <> of_ledger.unit_count
    or of_campaigns.new_customer_weight
        <> case when orders_that_count.buyer_type = 'new' then 1 else 0 end
