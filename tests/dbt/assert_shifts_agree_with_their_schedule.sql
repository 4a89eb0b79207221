-- Fails when planned hours are lost or doubled: those of all states are those of all rows of the
-- schedule that are no drafts and do not end before they start, person by person; or when a shift
-- that the schedule says was worked is not.
with

expected as (
    select
        tenant_id,
        'seconds of user ' || cast(user_id as text) as figure,
        sum({{ integer_divide(microseconds_between('starts_at', 'ends_at'), 1000000) }}) as amount
    from {{ ref('stg_schedule__schedules') }}
    where status <> 'draft' and ends_at >= starts_at
    group by tenant_id, user_id
    union all
    select tenant_id, 'worked ones' as figure, count(*) as amount
    from {{ ref('stg_schedule__schedules') }}
    where status = 'worked' and ends_at >= starts_at
    group by tenant_id
),

actual as (
    select
        tenant_id,
        'seconds of user ' || cast(user_id as text) as figure,
        sum(seconds) as amount
    from (
        {% for state in ['worked', 'leave', 'absent', 'ahead'] -%}
        select tenant_id, user_id, sum(planned_seconds) as seconds
        from {{ ref('fct_shifts') }}
        where shift_state = '{{ state }}'
        group by tenant_id, user_id
        {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as seconds_per_state
    group by tenant_id, user_id
    union all
    select shifts.tenant_id, 'worked ones' as figure, count(*) as amount
    from {{ ref('fct_shifts') }} as shifts
    inner join {{ ref('stg_schedule__schedules') }} as schedules
        on schedules.tenant_id = shifts.tenant_id
        and schedules.schedule_id = shifts.schedule_id
    where schedules.status = 'worked' and shifts.shift_state = 'worked'
    group by shifts.tenant_id
)

{{ sums_that_differ() }}
