with

touches_collected as (
    select * from {{ ref('int_marketing__touches_collected') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
)

select
    -- keys
    cast(touches_collected.tenant_id as bigint) as tenant_id,
    cast(touches_collected.conversion_type as text) as conversion_type,
    cast(touches_collected.conversion_id as bigint) as conversion_id,
    cast(touches_collected.touch_number as integer) as touch_number,
    cast(touches_collected.campaign_id as bigint) as campaign_id,
    cast(touches_collected.source_id as bigint) as source_id,

    -- attributes
    cast(touches_collected.touch_source as text) as touch_source,
    cast(touches_collected.touchpoint as text) as touchpoint,
    cast(campaigns.campaign_name as text) as campaign_name,

    -- measures
    cast({{ integer_divide(
        'touches_collected.age_microseconds', '1000000'
    ) }} as bigint) as age_seconds,
    cast(touches_collected.campaign_count as integer) as campaign_count,

    -- dates
    cast(touches_collected.conversion_date as date) as conversion_date,

    -- timestamps
    cast(touches_collected.occurred_at as timestamp with time zone) as occurred_at
from touches_collected
inner join campaigns
    on campaigns.tenant_id = touches_collected.tenant_id
    and campaigns.campaign_id = touches_collected.campaign_id
