{#-
    When tenants are open, moment by moment, from two weeks before the first question (so that every
    weekday is in it) to the last reply or the day of the data, and how long they had been open
    before: what lies between two moments is then a difference of two sums, however far they are
    apart.
-#}
{%- set weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] -%}
{%- set clock = "'([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?|24:00(:00)?'" -%}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

questions as (
    select * from {{ ref('int_people__questions_paired_with_replies') }}
),

days_of_data as (
    select tenant_id, as_of_date from {{ ref('dim_tenants') }}
),

spans_written as (
    {% for weekday in weekdays -%}
    {% set day_of_week = loop.index -%}
    {% for place in range(6) -%}
    select
        tenant_id,
        {{ day_of_week }} as day_of_week,
        {{ json_text_at('business_hours', [weekday, place, 0]) }} as opens,
        {{ json_text_at('business_hours', [weekday, place, 1]) }} as closes
    from tenants
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

spans_read as (
    select
        tenant_id,
        day_of_week
        {%- for column in ['opens', 'closes'] %},
        case
            when opens similar to {{ clock }} and closes similar to {{ clock }}
                then cast({{ dbt.split_part(column, "':'", 1) }} as integer) * 3600
                    + cast({{ dbt.split_part(column, "':'", 2) }} as integer) * 60
                    + cast(
                        coalesce(nullif({{ dbt.split_part(column, "':'", 3) }}, ''), '0')
                        as integer
                    )
        end as {{ column }}_second
        {%- endfor %}
    from spans_written
),

days_per_tenant as (
    select
        tenants.tenant_id,
        tenants.timezone,
        {{ local_date('min(questions.asked_at)', 'tenants.timezone') }} - 14 as first_date,
        greatest(
            {{ local_date('max(questions.replied_at)', 'tenants.timezone') }},
            max(days_of_data.as_of_date)
        ) as last_date
    from tenants
    inner join questions
        on questions.tenant_id = tenants.tenant_id
    inner join days_of_data
        on days_of_data.tenant_id = tenants.tenant_id
    group by tenants.tenant_id, tenants.timezone
),

days as (
    select
        tenant_id,
        timezone,
        cast({{ each_day('first_date', 'last_date') }} as date) as date_day
    from days_per_tenant
),

spans as (
    select
        days.tenant_id,
        {{ local_to_utc(
            "cast(days.date_day as timestamp) + spans_read.opens_second * interval '1 second'",
            'days.timezone',
        ) }} as opens_at,
        {{ local_to_utc(
            "cast(days.date_day as timestamp)"
            ~ " + case when spans_read.closes_second > spans_read.opens_second"
            ~ " then spans_read.closes_second else spans_read.closes_second + 86400 end"
            ~ " * interval '1 second'",
            'days.timezone',
        ) }} as closes_at
    from days
    inner join spans_read
        on spans_read.tenant_id = days.tenant_id
        and spans_read.day_of_week = cast(extract(isodow from days.date_day) as integer)
    where spans_read.opens_second is not null
),

{#- a span that starts before the one before has ended goes on with it -#}
spans_marked as (
    select
        spans.*,
        case
            when opens_at <= max(closes_at) over (
                partition by tenant_id order by opens_at, closes_at
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_start
    from spans
    where closes_at > opens_at
),

spans_numbered as (
    select
        spans_marked.*,
        sum(is_start) over (
            partition by tenant_id order by opens_at, closes_at
            rows between unbounded preceding and current row
        ) as span_number
    from spans_marked
),

spans_merged as (
    select tenant_id, min(opens_at) as opens_at, max(closes_at) as closes_at
    from spans_numbered
    group by tenant_id, span_number
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- measures
    cast(
        coalesce(
            sum({{ microseconds_between('opens_at', 'closes_at') }}) over (
                partition by tenant_id order by opens_at
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as bigint
    ) as open_microseconds_before,

    -- timestamps
    cast(opens_at as timestamp with time zone) as opens_at,
    cast(closes_at as timestamp with time zone) as closes_at
from spans_merged
