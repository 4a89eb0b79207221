{#- Leads that stand, whose they are, since when, and how far they got. -#}
with

leads as (
    select * from {{ ref('stg_customers__leads') }}
    where deleted_at is null
),

lead_sales as (
    select * from {{ ref('stg_staff__lead_sales') }}
    where lead_id is not null
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

assignments_per_lead as (
    select tenant_id, lead_id, user_id, min(assigned_at) as assigned_at
    from lead_sales
    group by tenant_id, lead_id, user_id
),

leads_placed as (
    select
        leads.tenant_id,
        leads.lead_id,
        leads.assigned_user_id,
        leads.page_id,
        leads.status,
        channels.channel_name,
        leads.status in ('contacted', 'qualified', 'converted') as was_contacted,
        leads.status in ('qualified', 'converted') as was_qualified,
        leads.status = 'converted' as was_converted,
        {{ local_date('leads.created_at', 'tenants.timezone') }} as created_date,
        case
            when leads.assigned_user_id is not null
                then {{ local_date(
                    'coalesce(assignments_per_lead.assigned_at, leads.created_at)',
                    'tenants.timezone',
                ) }}
        end as assigned_date,
        case
            when leads.assigned_user_id is not null
                then {{ local_at(
                    'coalesce(assignments_per_lead.assigned_at, leads.created_at)',
                    'tenants.timezone',
                ) }}
        end as assigned_at_local,
        case
            when leads.status = 'converted'
                then {{ local_date('leads.converted_at', 'tenants.timezone') }}
        end as converted_date,
        case
            when leads.status = 'converted' and leads.converted_at >= leads.created_at
                then {{ microseconds_between('leads.created_at', 'leads.converted_at') }}
        end as converting_microseconds
    from leads
    inner join tenants
        on tenants.tenant_id = leads.tenant_id
    left join channels
        on channels.tenant_id = leads.tenant_id
        and channels.page_id = leads.page_id
    left join assignments_per_lead
        on assignments_per_lead.tenant_id = leads.tenant_id
        and assignments_per_lead.lead_id = leads.lead_id
        and assignments_per_lead.user_id = leads.assigned_user_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(lead_id as bigint) as lead_id,
    cast(assigned_user_id as bigint) as assigned_user_id,
    cast(page_id as bigint) as page_id,

    -- attributes
    cast(status as text) as lead_status,
    cast(
        case
            when was_converted then 'converted'
            when was_qualified then 'qualified'
            when was_contacted then 'contacted'
            else 'new'
        end as text
    ) as reached_status,
    cast(channel_name as text) as channel_name,

    -- measures
    {{ minutes_of('converting_microseconds') }} as converting_minutes,

    -- flags
    cast(assigned_user_id is not null as boolean) as is_assigned,
    cast(was_contacted as boolean) as was_contacted,
    cast(was_qualified as boolean) as was_qualified,
    cast(was_converted as boolean) as was_converted,

    -- dates
    cast(assigned_date as date) as assigned_date,
    cast(created_date as date) as created_date,
    cast(converted_date as date) as converted_date,

    -- timestamps
    cast(assigned_at_local as timestamp) as assigned_at_local
from leads_placed
