{#-
    Of each shift what its person wished for it (definitions.md, People): by a preference that names
    it, else by one of its weekday and part of the day.
-#}
with

schedules as (
    select * from {{ ref('stg_schedule__schedules') }}
    where status <> 'draft' and ends_at >= starts_at
),

preferences as (
    select * from {{ ref('stg_schedule__schedule_preferences') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

shifts_dated as (
    select
        schedules.*,
        {{ local_at('schedules.starts_at', 'tenants.timezone') }} as start_local,
        {{ local_at('schedules.ends_at', 'tenants.timezone') }} as end_local,
        {{ local_date('schedules.starts_at', 'tenants.timezone') }} as shift_date
    from schedules
    inner join tenants
        on tenants.tenant_id = schedules.tenant_id
),

shifts_placed as (
    select
        tenant_id,
        schedule_id,
        user_id,
        shift_date,
        cast(extract(isodow from shift_date) as integer) as day_of_week,
        {% for part, (since, until) in {
            'morning': (6, 12), 'afternoon': (12, 18), 'evening': (18, 22),
        }.items() -%}
        start_local < cast(shift_date as timestamp) + interval '{{ until }} hours'
        and end_local > cast(shift_date as timestamp) + interval '{{ since }} hours'
            as is_{{ part }},
        {% endfor -%}
        (
            start_local < cast(shift_date as timestamp) + interval '6 hours'
            and end_local > cast(shift_date as timestamp)
        )
        or end_local > cast(shift_date as timestamp) + interval '22 hours' as is_night
    from shifts_dated
),

wishes as (
    select
        shifts_placed.tenant_id, shifts_placed.schedule_id, preferences.preference,
        1 as precedence
    from shifts_placed
    inner join preferences
        on preferences.tenant_id = shifts_placed.tenant_id
        and preferences.user_id = shifts_placed.user_id
        and preferences.schedule_id = shifts_placed.schedule_id
    union all
    select
        shifts_placed.tenant_id, shifts_placed.schedule_id, preferences.preference,
        2 as precedence
    from shifts_placed
    inner join preferences
        on preferences.tenant_id = shifts_placed.tenant_id
        and preferences.user_id = shifts_placed.user_id
        and preferences.day_of_week = shifts_placed.day_of_week
    where coalesce(preferences.valid_from_on <= shifts_placed.shift_date, true)
        and coalesce(preferences.valid_until_on >= shifts_placed.shift_date, true)
        and case preferences.day_part
            {% for part in ['morning', 'afternoon', 'evening', 'night'] -%}
            when '{{ part }}' then shifts_placed.is_{{ part }}
            {% endfor -%}
            else true
        end
),

wishes_ranked as (
    select
        *,
        row_number() over (
            partition by tenant_id, schedule_id
            order by
                precedence,
                case preference when 'unavailable' then 1 when 'preferred' then 2 else 3 end
        ) as place
    from wishes
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(schedule_id as bigint) as schedule_id,

    -- attributes
    cast(preference as text) as wish
from wishes_ranked
where place = 1
