with

paths_followed as (
    select * from {{ ref('int_marketing__paths_followed') }}
)

select distinct
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(window_days as integer) as window_days,
    cast(path_key as text) as path_key,
    cast(step_number as integer) as step_number,

    -- attributes
    cast(touch_source as text) as touch_source,
    cast(touchpoint as text) as touchpoint,

    -- flags
    cast(is_own as boolean) as is_own
from paths_followed
