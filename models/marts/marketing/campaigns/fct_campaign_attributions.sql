with

attribution_weights as (
    select * from {{ ref('int_marketing__attribution_weights_split') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
)

select
    -- keys
    cast(attribution_weights.tenant_id as bigint) as tenant_id,
    cast(attribution_weights.attribution_model as text) as attribution_model,
    cast(attribution_weights.window_days as integer) as window_days,
    cast(attribution_weights.conversion_type as text) as conversion_type,
    cast(attribution_weights.conversion_id as bigint) as conversion_id,
    cast(attribution_weights.campaign_id as bigint) as campaign_id,

    -- attributes
    cast(campaigns.campaign_name as text) as campaign_name,

    -- measures
    cast(
        {{ from_scaled('attribution_weights.weight_parts', 8) }} as numeric(12, 8)
    ) as attribution_weight,

    -- dates
    cast(attribution_weights.conversion_date as date) as conversion_date
from attribution_weights
inner join campaigns
    on campaigns.tenant_id = attribution_weights.tenant_id
    and campaigns.campaign_id = attribution_weights.campaign_id
