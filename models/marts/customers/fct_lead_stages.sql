{#-
    How far leads ever got and when, by the day on which they came in (definitions.md, Customers). A
    stage is reached where the status says it or a later one, or a moment of it or of a later one is
    known: who was lost after a first contact was contacted.
-#}
with

leads as (
    select * from {{ ref('stg_customers__leads') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

leads_reached as (
    select
        leads.*,
        tenants.as_of_date,
        {{ local_date('leads.created_at', 'tenants.timezone') }} as created_date,
        {{ local_at('leads.created_at', 'tenants.timezone') }} as created_at_local,
        leads.status = 'converted' or leads.converted_at is not null as was_converted,
        leads.status in ('qualified', 'converted')
        or leads.qualified_at is not null
        or leads.converted_at is not null as was_qualified,
        leads.status in ('contacted', 'qualified', 'converted')
        or leads.contacted_at is not null
        or leads.qualified_at is not null
        or leads.converted_at is not null as was_contacted
    from leads
    inner join tenants
        on tenants.tenant_id = leads.tenant_id
),

leads_timed as (
    select
        leads_reached.*,
        status in ('new', 'contacted', 'qualified') as is_open,
        {% for stage, (earlier, later) in {
            'contacting': ('created_at', 'contacted_at'),
            'qualifying': ('contacted_at', 'qualified_at'),
            'converting': ('qualified_at', 'converted_at'),
        }.items() -%}
        case
            when {{ later }} >= {{ earlier }} then {{ microseconds_between(earlier, later) }}
        end as {{ stage }}_microseconds,
        {% endfor -%}
        greatest(as_of_date - 1 - created_date, 0) as age_day_count
    from leads_reached
)

select
    -- keys
    cast(leads_timed.tenant_id as bigint) as tenant_id,
    cast(leads_timed.lead_id as bigint) as lead_id,
    cast(leads_timed.assigned_user_id as bigint) as assigned_user_id,
    cast(leads_timed.page_id as bigint) as page_id,

    -- attributes
    cast(leads_timed.status as text) as lead_status,
    cast(nullif(trim(leads_timed.source), '') as text) as lead_source,
    cast(channels.channel_name as text) as channel_name,
    cast(staff.full_name as text) as assigned_name,
    {{ open_age('leads_timed.is_open', 'leads_timed.age_day_count') }} as open_age,

    -- measures
    cast(leads_timed.age_day_count as integer) as age_day_count,
    {{ minutes_of('contacting_microseconds') }} as contacting_minutes,
    cast(
        {{ from_scaled(integer_divide('qualifying_microseconds + 432000000', 864000000), 2) }}
        as numeric(18, 2)
    ) as qualifying_day_count,
    cast(
        {{ from_scaled(integer_divide('converting_microseconds + 432000000', 864000000), 2) }}
        as numeric(18, 2)
    ) as converting_day_count,

    -- flags
    cast(leads_timed.was_contacted as boolean) as was_contacted,
    cast(leads_timed.was_qualified as boolean) as was_qualified,
    cast(leads_timed.was_converted as boolean) as was_converted,
    cast(leads_timed.is_open as boolean) as is_open,
    cast(leads_timed.as_of_date - leads_timed.created_date >= 90 as boolean) as is_mature,

    -- dates
    cast(leads_timed.created_date as date) as created_date,

    -- timestamps
    cast(leads_timed.created_at_local as timestamp) as created_at_local
from leads_timed
left join channels
    on channels.tenant_id = leads_timed.tenant_id
    and channels.page_id = leads_timed.page_id
left join staff
    on staff.tenant_id = leads_timed.tenant_id
    and staff.user_id = leads_timed.assigned_user_id
