{#- Every way in which campaigns' sales are told, for what has a row in each though nothing came in. -#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

windows_listed as (
    {% for attribution_model in [
        'last_touch', 'first_touch', 'linear', 'position_based', 'time_decay'
    ] -%}
    {% set is_last_model = loop.last -%}
    {% for window_days in [1, 7, 14, 28] -%}
    select tenant_id, '{{ attribution_model }}' as attribution_model, {{ window_days }} as window_days
    from tenants
    {% if not (loop.last and is_last_model) %}union all{% endif %}
    {% endfor -%}
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days
from windows_listed
