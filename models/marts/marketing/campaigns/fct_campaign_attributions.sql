with

weights_split as (
    select * from {{ ref('int_marketing__weights_split') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
)

select
    -- keys
    cast(weights_split.tenant_id as bigint) as tenant_id,
    cast(weights_split.attribution_model as text) as attribution_model,
    cast(weights_split.window_days as integer) as window_days,
    cast(weights_split.conversion_type as text) as conversion_type,
    cast(weights_split.conversion_id as bigint) as conversion_id,
    cast(weights_split.campaign_id as bigint) as campaign_id,

    -- attributes
    cast(campaigns.campaign_name as text) as campaign_name,

    -- measures
    cast(
        {{ from_scaled('weights_split.weight_parts', 8) }} as numeric(12, 8)
    ) as attribution_weight,

    -- dates
    cast(weights_split.conversion_date as date) as conversion_date
from weights_split
inner join campaigns
    on campaigns.tenant_id = weights_split.tenant_id
    and campaigns.campaign_id = weights_split.campaign_id
