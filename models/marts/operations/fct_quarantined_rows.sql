{#-
    What cannot be counted as it stands: shown with the reason and what to do, never dropped in
    silence. Each area names its rows and their causes; what a cause means is in the seed. Screening
    names what reaches no area.
-#}
with

rows_quarantined as (
    select tenant_id, source_table, source_id, cause, source_column, occurred_at
    from {{ ref('int_screening__rows_quarantined') }}
    {% for area in ['sales', 'marketing', 'people', 'platform'] -%}
    union all
    select
        tenant_id, source_table, source_id, cause, cast(null as text) as source_column,
        case when {{ plausible_moment('occurred_at') }} then occurred_at end as occurred_at
    from {{ ref('int_' ~ area ~ '__rows_quarantined') }}
    {% endfor %}
),

quarantine_causes as (
    select * from {{ ref('quarantine_causes') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

rows_explained as (
    select
        rows_quarantined.*,
        quarantine_causes.severity,
        quarantine_causes.is_counted,
        quarantine_causes.reason,
        quarantine_causes.next_step,
        {%- for language in var('translations') %}
        quarantine_causes.reason_{{ language }},
        quarantine_causes.next_step_{{ language }},
        {%- endfor %}
        {{ local_date('rows_quarantined.occurred_at', 'tenants.timezone') }} as occurred_date
    from rows_quarantined
    left join quarantine_causes
        on quarantine_causes.cause = rows_quarantined.cause
    left join tenants
        on tenants.tenant_id = rows_quarantined.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,
    cast(
        cause || ' ' || source_table || ' ' || coalesce(source_column, '') || ' '
        || coalesce(cast({{ first_of_period('month', 'occurred_date') }} as text), '') as text
    ) as group_key,

    -- attributes
    cast(cause as text) as cause,
    cast(source_column as text) as source_column,
    cast(severity as text) as severity,
    cast(reason as text) as reason,
    cast(next_step as text) as next_step,
    {%- for language in var('translations') %}
    cast(reason_{{ language }} as text) as reason_{{ language }},
    cast(next_step_{{ language }} as text) as next_step_{{ language }},
    {%- endfor %}

    -- flags
    cast(is_counted as boolean) as is_counted,

    -- dates
    cast({{ first_of_period('month', 'occurred_date') }} as date) as month_start_date,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from rows_explained
