{#-
    What db_warning_staff kept: alerts about a person, their personnel file, or a shift, shift
    report, time off or evaluation of theirs (definitions.md, People).
-#}
{%- set subjects = {
    'sys_users': ('stg_system__users', 'user_id'),
    'hr_staff': ('stg_staff__staff_profiles', 'staff_profile_id'),
    'schedule': ('stg_schedule__schedules', 'schedule_id'),
    'shift_report': ('stg_staff__shift_reports', 'shift_report_id'),
    'schedule_time_off_request': ('stg_schedule__time_off_requests', 'time_off_request_id'),
    'performance_evaluation': ('stg_performance__evaluations', 'performance_evaluation_id'),
} -%}
with

alerts as (
    select * from {{ ref('fct_alerts') }}
),

alerts_recorded as (
    select * from {{ ref('stg_alerts_notes__alerts') }}
),

subjects as (
    {% for subject_type, (model, key) in subjects.items() -%}
    select tenant_id, '{{ subject_type }}' as subject_type, {{ key }} as subject_id, user_id
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

staff as (
    select * from {{ ref('dim_staff') }}
)

select
    -- keys
    cast(alerts.tenant_id as bigint) as tenant_id,
    cast(alerts.alert_id as bigint) as alert_id,
    cast(subjects.user_id as bigint) as user_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(subjects.subject_type as text) as subject_type,
    cast(alerts.alert_key_name as text) as alert_key_name,
    cast(alerts.severity as text) as severity,
    cast(alerts.alert_status as text) as alert_status,

    -- measures
    cast(case when alerts.is_open then alerts.age_days end as integer) as age_days,

    -- flags
    cast(alerts.is_open as boolean) as is_open,

    -- dates
    cast(alerts.raised_date as date) as raised_date
from alerts
inner join alerts_recorded
    on alerts_recorded.tenant_id = alerts.tenant_id
    and alerts_recorded.alert_id = alerts.alert_id
inner join subjects
    on subjects.tenant_id = alerts_recorded.tenant_id
    and subjects.subject_type = alerts_recorded.subject_type
    and subjects.subject_id = alerts_recorded.subject_id
left join staff
    on staff.tenant_id = subjects.tenant_id
    and staff.user_id = subjects.user_id
