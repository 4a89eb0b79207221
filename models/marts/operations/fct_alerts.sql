{#-
    What needed attention: when it was raised, taken on and settled, and whether it is open.
-#}
with

alerts as (
    select * from {{ ref('stg_alerts_notes__alerts') }}
    where deleted_at is null
),

alert_keys as (
    select * from {{ ref('stg_alerts_notes__alert_keys') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

alerts_dated as (
    select
        alerts.*,
        tenants.timezone,
        tenants.as_of_date,
        alert_keys.code as alert_key_code,
        alert_keys.name as alert_key_name,
        alerts.status in ('resolved', 'dismissed') as is_settled,
        {{ local_date('alerts.raised_at', 'tenants.timezone') }} as raised_date,
        {{ local_date('alerts.acknowledged_at', 'tenants.timezone') }} as acknowledged_date,
        {{ local_date('alerts.resolved_at', 'tenants.timezone') }} as resolved_date
    from alerts
    inner join tenants
        on tenants.tenant_id = alerts.tenant_id
    left join alert_keys
        on alert_keys.tenant_id = alerts.tenant_id
        and alert_keys.alert_key_id = alerts.alert_key_id
),

alerts_measured as (
    select
        *,
        as_of_date - raised_date as age_days,
        case
            when acknowledged_at >= raised_at
                then {{ microseconds_between('raised_at', 'acknowledged_at') }}
        end as acknowledge_microseconds,
        case
            when is_settled and resolved_at >= raised_at
                then {{ microseconds_between('raised_at', 'resolved_at') }}
        end as resolve_microseconds
    from alerts_dated
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(alert_id as bigint) as alert_id,

    -- attributes
    cast(alert_key_code as text) as alert_key_code,
    cast(alert_key_name as text) as alert_key_name,
    cast(severity as text) as severity,
    cast(status as text) as alert_status,
    {{ open_age('not is_settled', 'age_days') }} as open_age,

    -- measures
    cast(age_days as integer) as age_days,
    {% for measure in ['acknowledge', 'resolve'] -%}
    {{ minutes_of(measure ~ '_microseconds') }} as {{ measure }}_minutes,
    {% endfor %}
    -- flags
    cast(not is_settled as boolean) as is_open,
    cast(not is_settled and assigned_user_id is null as boolean) as is_unassigned,

    -- dates
    cast(raised_date as date) as raised_date,
    cast(acknowledged_date as date) as acknowledged_date,
    cast(case when is_settled then resolved_date end as date) as resolved_date,

    -- timestamps
    cast(raised_at as timestamp with time zone) as raised_at,
    {{ local_at('raised_at', 'timezone') }} as raised_at_local
from alerts_measured
