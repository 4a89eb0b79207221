{#-
    What of each attributed order belongs to a campaign, by day of event. Orders that belong to one
    campaign as a whole take the order's sums as they are; of the others each ledger row is split.
-#}
with

attribution_weights as (
    select * from {{ ref('int_marketing__attribution_weights_split') }}
    where conversion_type = 'order'
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

attributed_orders as (
    select distinct tenant_id, conversion_id as order_id
    from attribution_weights
),

sales_ledger as (
    select ledger.*
    from {{ ref('fct_sales_ledger') }} as ledger
    inner join attributed_orders
        on attributed_orders.tenant_id = ledger.tenant_id
        and attributed_orders.order_id = ledger.order_id
    where ledger.event_type in (
        'sale', 'discount', 'return', 'cost', 'cost_return', 'gift_card', 'order'
    )
),

{#- gift cards and orders without lines bring no sales, but the order -#}
order_days as (
    select
        tenant_id,
        order_id,
        event_date,
        ledger_date,
        sum(case when event_type in ('sale', 'discount') then amount else 0 end)
            as demand_sales_amount,
        sum(case when event_type = 'return' then -amount else 0 end) as returns_amount,
        sum(case when event_type in ('sale', 'discount') and has_unit_cost then amount else 0 end)
            as costed_demand_amount,
        sum(case when event_type in ('cost', 'cost_return') then -amount else 0 end) as cost_amount,
        sum(case when event_type = 'sale' then quantity else 0 end) as unit_count
    from sales_ledger
    group by tenant_id, order_id, event_date, ledger_date
),

ledger_rows_shared as (
    select
        attribution_weights.tenant_id,
        attribution_weights.attribution_model,
        attribution_weights.window_days,
        attribution_weights.campaign_id,
        attribution_weights.weight_parts,
        sales_ledger.order_id,
        sales_ledger.order_item_id,
        sales_ledger.source_table,
        sales_ledger.source_id,
        sales_ledger.event_type,
        sales_ledger.event_date,
        sales_ledger.has_unit_cost,
        orders_counted.decimal_places,
        {{ to_scaled('sales_ledger.amount', 2) }} as amount_cents
    from attribution_weights
    inner join sales_ledger
        on sales_ledger.tenant_id = attribution_weights.tenant_id
        and sales_ledger.order_id = attribution_weights.conversion_id
    inner join orders_counted
        on orders_counted.tenant_id = attribution_weights.tenant_id
        and orders_counted.order_id = attribution_weights.conversion_id
    where attribution_weights.weight_parts < 100000000 and sales_ledger.amount <> 0
        and sales_ledger.event_type <> 'gift_card'
),

ledger_rows_split as (
    {{ split_by_largest_remainder(
        relation='ledger_rows_shared',
        amount='amount_cents',
        weight='weight_parts',
        group_by=[
            'tenant_id', 'attribution_model', 'window_days', 'event_type', 'source_table',
            'source_id', 'order_item_id'
        ],
        tie_break='campaign_id',
        result='share_cents',
        decimal_places='decimal_places',
    ) }}
),

days_split as (
    select
        tenant_id,
        attribution_model,
        window_days,
        campaign_id,
        order_id,
        event_date,
        {% for measure, (condition, sign) in {
            'demand_sales': ("event_type in ('sale', 'discount')", ''),
            'costed_demand': ("event_type in ('sale', 'discount') and has_unit_cost", ''),
            'returns': ("event_type = 'return'", '-'),
            'cost': ("event_type in ('cost', 'cost_return')", '-'),
        }.items() -%}
        {{ from_scaled(
            'sum(case when ' ~ condition ~ ' then ' ~ sign ~ 'share_cents else 0 end)',
            2,
        ) }} as {{ measure }}_amount{{ ',' if not loop.last }}
        {% endfor -%}
    from ledger_rows_split
    group by tenant_id, attribution_model, window_days, campaign_id, order_id, event_date
),

days_attributed as (
    select
        attribution_weights.tenant_id,
        attribution_weights.attribution_model,
        attribution_weights.window_days,
        attribution_weights.campaign_id,
        order_days.order_id,
        orders_counted.person_id,
        campaigns.campaign_name,
        orders_counted.order_number,
        orders_counted.buyer_type,
        orders_counted.channel_name,
        {% for measure in ['demand_sales', 'costed_demand', 'returns', 'cost'] -%}
        case when attribution_weights.weight_parts = 100000000 then order_days.{{ measure }}_amount
            else coalesce(days_split.{{ measure }}_amount, 0) end as {{ measure }}_amount,
        {% endfor -%}
        case when order_days.event_date = orders_counted.order_date
            then attribution_weights.weight_parts else 0 end as order_parts,
        order_days.unit_count,
        order_days.ledger_date,
        order_days.event_date,
        orders_counted.order_date
    from attribution_weights
    inner join order_days
        on order_days.tenant_id = attribution_weights.tenant_id
        and order_days.order_id = attribution_weights.conversion_id
    inner join orders_counted
        on orders_counted.tenant_id = attribution_weights.tenant_id
        and orders_counted.order_id = attribution_weights.conversion_id
    inner join campaigns
        on campaigns.tenant_id = attribution_weights.tenant_id
        and campaigns.campaign_id = attribution_weights.campaign_id
    left join days_split
        on days_split.tenant_id = attribution_weights.tenant_id
        and days_split.attribution_model = attribution_weights.attribution_model
        and days_split.window_days = attribution_weights.window_days
        and days_split.campaign_id = attribution_weights.campaign_id
        and days_split.order_id = attribution_weights.conversion_id
        and days_split.event_date = order_days.event_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,
    cast(campaign_id as bigint) as campaign_id,
    cast(order_id as bigint) as order_id,
    cast(person_id as bigint) as person_id,

    -- attributes
    cast(campaign_name as text) as campaign_name,
    cast(order_number as text) as order_number,
    cast(buyer_type as text) as buyer_type,
    cast(channel_name as text) as channel_name,

    -- measures
    cast(demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(returns_amount as numeric(18, 2)) as returns_amount,
    cast(demand_sales_amount - returns_amount as numeric(18, 2)) as net_sales_amount,
    cast(costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(cost_amount as numeric(18, 2)) as cost_amount,
    cast(
        {{ where_costed('demand_sales_amount - returns_amount - cost_amount') }} as numeric(18, 2)
    ) as gross_margin_amount,
    cast({{ from_scaled('order_parts', 8) }} as numeric(12, 8)) as order_weight,
    cast(
        {{ from_scaled(
            'cast(order_parts as ' ~ type_wide_integer() ~ ') * unit_count',
            8,
        ) }} as numeric(18, 8)
    ) as unit_weight,
    cast(
        {{ from_scaled("case when buyer_type = 'new' then order_parts else 0 end", 8) }}
        as numeric(12, 8)
    ) as new_customer_weight,

    -- dates
    cast(ledger_date as date) as ledger_date,
    cast(event_date as date) as event_date,
    cast(order_date as date) as order_date
from days_attributed
