with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

quarantine_days as (
    select * from {{ source('facet_source', 'quarantine_days') }}
),

quarantine_causes as (
    select * from {{ ref('quarantine_causes') }}
)

select
    -- keys
    cast(tenants.tenant_id as bigint) as tenant_id,
    cast(quarantine_days.data_date as date) as data_date,
    cast(quarantine_days.cause as text) as cause,

    -- attributes
    cast(quarantine_causes.severity as text) as severity,
    cast(quarantine_causes.reason as text) as reason,
    {%- for language in var('translations') %}
    cast(quarantine_causes.reason_{{ language }} as text) as reason_{{ language }},
    {%- endfor %}

    -- measures
    cast(quarantine_days.row_count as bigint) as row_count
from tenants
inner join quarantine_days
    on quarantine_days.tenant_id = tenants.tenant_id
inner join quarantine_causes
    on quarantine_causes.cause = quarantine_days.cause
