-- Fails when the campaigns of an order or a lead do not have exactly 1 of it in each attribution
-- model, in every window that holds one of its touches, and in no other.
{{ config(meta={'incremental': {'key': 'conversion_id'}}) }}

with

touches as (
    select * from {{ ref('int_marketing__touches_collected') }}
),

attributions as (
    select * from {{ ref('fct_campaign_attributions') }}
),

latest_touches as (
    select tenant_id, conversion_type, conversion_id, min(age_microseconds) as age_microseconds
    from touches
    group by tenant_id, conversion_type, conversion_id
),

expected as (
    select
        latest_touches.tenant_id,
        latest_touches.conversion_type,
        latest_touches.conversion_id,
        models.attribution_model,
        windows.window_days
    from latest_touches
    cross join (
        values ('{{ var("attribution_models") | join("'), ('") }}')  -- noqa: LT05
    ) as models (attribution_model)
    inner join (
        values ({{ var("attribution_windows") | join("), (") }})
    ) as windows (window_days)
        on latest_touches.age_microseconds <= cast(windows.window_days as bigint) * 86400000000
),

actual as (
    select
        tenant_id, conversion_type, conversion_id, attribution_model, window_days,
        sum(attribution_weight) as weight
    from attributions
    group by tenant_id, conversion_type, conversion_id, attribution_model, window_days
)

select
    coalesce(expected.tenant_id, actual.tenant_id) as tenant_id,
    coalesce(expected.conversion_type, actual.conversion_type) as conversion_type,
    coalesce(expected.conversion_id, actual.conversion_id) as conversion_id,
    coalesce(expected.attribution_model, actual.attribution_model) as attribution_model,
    coalesce(expected.window_days, actual.window_days) as window_days,
    actual.weight
from expected
full join actual
    on actual.tenant_id = expected.tenant_id
    and actual.conversion_type = expected.conversion_type
    and actual.conversion_id = expected.conversion_id
    and actual.attribution_model = expected.attribution_model
    and actual.window_days = expected.window_days
where actual.weight is distinct from 1 or expected.tenant_id is null
