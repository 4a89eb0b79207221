{#-
    Every way in which campaigns' sales are told, for what has a row in each though nothing came in.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(models.attribution_model as text) as attribution_model,
    cast(windows.window_days as integer) as window_days
from tenants
cross join (
    values ('{{ var("attribution_models") | join("'), ('") }}')  -- noqa: LT05
) as models (attribution_model)
cross join (
    values ({{ var("attribution_windows") | join("), (") }})
) as windows (window_days)
