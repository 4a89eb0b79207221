{#- Opportunities that stand: how far they have come, since when, and what they may come to. -#}
with

potentials as (
    select * from {{ ref('stg_customers__potentials') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

potentials_dated as (
    select
        potentials.*,
        tenants.as_of_date,
        {{ local_date('potentials.created_at', 'tenants.timezone') }} as created_date,
        {{ local_date(
            'coalesce(potentials.stage_entered_at, potentials.created_at)', 'tenants.timezone'
        ) }} as stage_date
    from potentials
    inner join tenants
        on tenants.tenant_id = potentials.tenant_id
)

select
    -- keys
    cast(potentials_dated.tenant_id as bigint) as tenant_id,
    cast(potentials_dated.potential_id as bigint) as potential_id,
    cast(keys_matched.person_id as bigint) as person_id,
    cast(potentials_dated.lead_id as bigint) as lead_id,
    cast(potentials_dated.assigned_user_id as bigint) as assigned_user_id,

    -- attributes
    cast(potentials_dated.stage as text) as stage,
    cast(channels.channel_name as text) as channel_name,
    cast(staff.full_name as text) as assigned_name,

    -- measures
    cast(potentials_dated.expected_amount as numeric(18, 2)) as expected_amount,
    cast(potentials_dated.probability_rate as numeric(9, 6)) as probability_rate,
    cast(
        greatest(potentials_dated.as_of_date - 1 - potentials_dated.created_date, 0) as integer
    ) as age_day_count,
    cast(
        greatest(potentials_dated.as_of_date - 1 - potentials_dated.stage_date, 0) as integer
    ) as stage_day_count,

    -- flags
    cast(potentials_dated.stage in ('open', 'proposed', 'negotiating') as boolean) as is_open,
    cast(
        potentials_dated.stage in ('open', 'proposed', 'negotiating')
        and coalesce(potentials_dated.expected_close_on < potentials_dated.as_of_date, false)
        as boolean
    ) as is_overdue,

    -- dates
    cast(potentials_dated.created_date as date) as created_date,
    cast(potentials_dated.expected_close_on as date) as expected_close_date
from potentials_dated
left join keys_matched
    on keys_matched.tenant_id = potentials_dated.tenant_id
    and keys_matched.personal_key_id = potentials_dated.personal_key_id
left join channels
    on channels.tenant_id = potentials_dated.tenant_id
    and channels.page_id = potentials_dated.page_id
left join staff
    on staff.tenant_id = potentials_dated.tenant_id
    and staff.user_id = potentials_dated.assigned_user_id
