-- Fails when the paths of a campaign have more or less orders and net sales than the campaign.
with

campaign_sales as (
    select
        tenant_id,
        campaign_id,
        attribution_model,
        window_days,
        sum(order_weight) as order_weight,
        sum(net_sales_amount) as net_sales_amount
    from {{ ref('fct_campaign_sales') }}
    group by tenant_id, campaign_id, attribution_model, window_days
),

paths_summed as (
    select
        tenant_id,
        campaign_id,
        attribution_model,
        window_days,
        sum(order_weight) as order_weight,
        sum(net_sales_amount) as net_sales_amount
    from {{ ref('rpt_campaign_paths') }}
    group by tenant_id, campaign_id, attribution_model, window_days
)

select
    coalesce(campaign_sales.tenant_id, paths_summed.tenant_id) as tenant_id,
    coalesce(campaign_sales.campaign_id, paths_summed.campaign_id) as campaign_id,
    campaign_sales.net_sales_amount as campaign_net_sales_amount,
    paths_summed.net_sales_amount as paths_net_sales_amount
from campaign_sales
full outer join paths_summed
    on paths_summed.tenant_id = campaign_sales.tenant_id
    and paths_summed.campaign_id = campaign_sales.campaign_id
    and paths_summed.attribution_model = campaign_sales.attribution_model
    and paths_summed.window_days = campaign_sales.window_days
where campaign_sales.net_sales_amount is distinct from paths_summed.net_sales_amount
    or campaign_sales.order_weight is distinct from paths_summed.order_weight
