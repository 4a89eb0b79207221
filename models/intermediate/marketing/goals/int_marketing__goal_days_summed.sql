{#-
    What came in for a goal on each of its days: only days on which something did. Summed by
    campaign and day before goals come in, so that goals of one campaign do not read its orders
    again.
-#}
with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

campaign_sales as (
    select * from {{ ref('fct_campaign_sales') }}
),

leads_attributed as (
    select * from {{ ref('fct_campaign_attributions') }}
    where conversion_type = 'lead'
),

campaign_redemptions as (
    select * from {{ ref('fct_campaign_redemptions') }}
),

attribution_windows as (
    select * from {{ ref('int_marketing__attribution_windows_listed') }}
),

orders_per_day as (
    select
        tenant_id, campaign_id, attribution_model, window_days, order_date as date_day,
        sum(order_weight) as order_weight,
        sum(unit_weight) as unit_weight,
        sum(new_customer_weight) as new_customer_weight
    from campaign_sales
    where order_weight > 0
    group by tenant_id, campaign_id, attribution_model, window_days, order_date
),

redemptions_per_day as (
    select tenant_id, campaign_id, redeemed_date as date_day, sum(redemption_weight) as metric_value
    from campaign_redemptions
    group by tenant_id, campaign_id, redeemed_date
),

metrics_per_day as (
    select
        tenant_id, campaign_id, attribution_model, window_days, ledger_date as date_day,
        'net_sales' as metric, cast(sum(net_sales_amount) as numeric(28, 8)) as metric_value
    from campaign_sales
    group by tenant_id, campaign_id, attribution_model, window_days, ledger_date
    {% for metric, weight in {
        'orders': 'order_weight', 'units': 'unit_weight', 'new_customers': 'new_customer_weight',
    }.items() -%}
    union all
    select
        tenant_id, campaign_id, attribution_model, window_days, date_day,
        '{{ metric }}' as metric, cast({{ weight }} as numeric(28, 8)) as metric_value
    from orders_per_day
    {% endfor -%}
    union all
    select
        tenant_id, campaign_id, attribution_model, window_days, conversion_date as date_day,
        'leads' as metric, cast(sum(attribution_weight) as numeric(28, 8)) as metric_value
    from leads_attributed
    group by tenant_id, campaign_id, attribution_model, window_days, conversion_date
    union all
    select
        redemptions_per_day.tenant_id, redemptions_per_day.campaign_id,
        attribution_windows.attribution_model, attribution_windows.window_days,
        redemptions_per_day.date_day,
        'redemptions' as metric,
        cast(redemptions_per_day.metric_value as numeric(28, 8)) as metric_value
    from redemptions_per_day
    inner join attribution_windows
        on attribution_windows.tenant_id = redemptions_per_day.tenant_id
)

select
    -- keys
    cast(goals.tenant_id as bigint) as tenant_id,
    cast(goals.goal_id as bigint) as goal_id,
    cast(metrics_per_day.attribution_model as text) as attribution_model,
    cast(metrics_per_day.window_days as integer) as window_days,
    cast(metrics_per_day.date_day as date) as date_day,

    -- measures
    cast(metrics_per_day.metric_value as numeric(28, 8)) as metric_value
from goals
inner join metrics_per_day
    on metrics_per_day.tenant_id = goals.tenant_id
    and metrics_per_day.campaign_id = goals.campaign_id
    and metrics_per_day.metric = goals.goal_metric
    and metrics_per_day.date_day between goals.start_date and goals.end_date
