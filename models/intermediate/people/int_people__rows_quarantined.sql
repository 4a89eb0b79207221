{#- What of the work of staff cannot be counted as it stands; fct_quarantined_rows shows it. -#}
with

sales_targets as (
    select * from {{ ref('stg_staff__sales_performances') }}
),

shift_reports as (
    select * from {{ ref('stg_staff__shift_reports') }}
),

schedules as (
    select * from {{ ref('stg_schedule__schedules') }}
),

leads as (
    select * from {{ ref('stg_customers__leads') }}
    where deleted_at is null
),

targets_without_amount as (
    select
        tenant_id, 'sales_performance' as source_table, sales_performance_id as source_id,
        'target_without_amount' as cause, created_at as occurred_at
    from sales_targets
    where target_amount is null
),

targets_without_days as (
    select
        tenant_id, 'sales_performance' as source_table, sales_performance_id as source_id,
        case
            when period_end < period_start then 'target_ends_before_it_starts'
            else 'target_longer_than_ten_years'
        end as cause,
        created_at as occurred_at
    from sales_targets
    where period_end - period_start not between 0 and 3652
),

reports_backwards as (
    select
        tenant_id, 'shift_report' as source_table, shift_report_id as source_id,
        'shift_ends_before_it_starts' as cause, started_at as occurred_at
    from shift_reports
    where ended_at < started_at
),

schedules_backwards as (
    select
        tenant_id, 'schedule' as source_table, schedule_id as source_id,
        'shift_ends_before_it_starts' as cause, starts_at as occurred_at
    from schedules
    where status <> 'draft' and ends_at < starts_at
),

conversions_without_time as (
    select
        tenant_id, 'crm_leads' as source_table, lead_id as source_id,
        case
            when converted_at is null then 'lead_converted_without_moment'
            else 'lead_converted_before_created'
        end as cause,
        created_at as occurred_at
    from leads
    where status = 'converted' and (converted_at is null or converted_at < created_at)
),

rows_quarantined as (
    select * from targets_without_amount
    union all
    select * from targets_without_days
    union all
    select * from reports_backwards
    union all
    select * from schedules_backwards
    union all
    select * from conversions_without_time
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(cause as text) as cause,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from rows_quarantined
