{#-
    What each campaign has brought in over all its time, and what it cost (definitions.md, Campaign
    return).
-#}
with

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

attribution_windows as (
    select * from {{ ref('int_marketing__attribution_windows_listed') }}
),

campaign_sales as (
    select * from {{ ref('fct_campaign_sales') }}
),

leads_attributed as (
    select * from {{ ref('fct_campaign_attributions') }}
    where conversion_type = 'lead'
),

sales_per_campaign as (
    select
        tenant_id,
        campaign_id,
        attribution_model,
        window_days,
        {% for measure in [
            'demand_sales_amount', 'returns_amount', 'net_sales_amount', 'costed_demand_amount',
            'cost_amount', 'order_weight', 'unit_weight', 'new_customer_weight',
        ] -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor -%}
    from campaign_sales
    group by tenant_id, campaign_id, attribution_model, window_days
),

leads_per_campaign as (
    select
        tenant_id, campaign_id, attribution_model, window_days,
        sum(attribution_weight) as lead_weight
    from leads_attributed
    group by tenant_id, campaign_id, attribution_model, window_days
),

campaigns_measured as (
    select
        campaigns.*,
        attribution_windows.attribution_model,
        attribution_windows.window_days,
        {% for measure in [
            'demand_sales_amount', 'returns_amount', 'net_sales_amount', 'costed_demand_amount',
            'cost_amount', 'order_weight', 'unit_weight', 'new_customer_weight',
        ] -%}
        coalesce(sales_per_campaign.{{ measure }}, 0) as {{ measure }},
        {% endfor -%}
        coalesce(leads_per_campaign.lead_weight, 0) as lead_weight
    from campaigns
    inner join attribution_windows
        on attribution_windows.tenant_id = campaigns.tenant_id
    left join sales_per_campaign
        on sales_per_campaign.tenant_id = campaigns.tenant_id
        and sales_per_campaign.campaign_id = campaigns.campaign_id
        and sales_per_campaign.attribution_model = attribution_windows.attribution_model
        and sales_per_campaign.window_days = attribution_windows.window_days
    left join leads_per_campaign
        on leads_per_campaign.tenant_id = campaigns.tenant_id
        and leads_per_campaign.campaign_id = campaigns.campaign_id
        and leads_per_campaign.attribution_model = attribution_windows.attribution_model
        and leads_per_campaign.window_days = attribution_windows.window_days
),

margins_told as (
    select
        campaigns_measured.*,
        {{ where_costed('net_sales_amount - cost_amount') }} as gross_margin_amount
    from campaigns_measured
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(campaign_id as bigint) as campaign_id,

    -- attributes
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,
    cast(campaign_name as text) as campaign_name,
    cast(campaign_status as text) as campaign_status,
    cast(spent_source as text) as spent_source,

    -- measures
    {% for measure in [
        'demand_sales_amount', 'returns_amount', 'net_sales_amount', 'costed_demand_amount',
        'cost_amount', 'gross_margin_amount', 'budget_amount', 'spent_amount',
    ] -%}
    cast({{ measure }} as numeric(18, 2)) as {{ measure }},
    {% endfor -%}
    {% for measure in ['order_weight', 'unit_weight', 'new_customer_weight', 'lead_weight'] -%}
    cast({{ measure }} as numeric(18, 8)) as {{ measure }},
    {% endfor -%}
    cast({{ ratio('gross_margin_amount', 'spent_amount') }} as numeric(28, 8)) as return_on_spend,
    cast({{ ratio('spent_amount', 'budget_amount') }} as numeric(28, 8)) as budget_used_rate,

    -- flags
    cast(is_deleted as boolean) as is_deleted,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from margins_told
