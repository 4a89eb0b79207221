{#-
    Business minutes of a question are how long the tenant had been open by its reply, less how long
    by the question. Both are read off the last opening before, found in one pass over openings and
    messages. A question without a reply has waited until the day of the data began, so that it waits
    longer once a day and not with every run.
-#}
with

questions_paired as (
    select * from {{ ref('int_people__questions_paired_with_replies') }}
),

business_hours as (
    select * from {{ ref('int_people__business_hours_cumulated') }}
),

tenants as (
    select
        tenant_id,
        timezone,
        {{ local_to_utc('cast(as_of_date as timestamp)', 'timezone') }} as day_began_at
    from {{ ref('dim_tenants') }}
),

questions as (
    select
        questions_paired.*,
        tenants.timezone,
        coalesce(
            questions_paired.replied_at,
            greatest(questions_paired.asked_at, tenants.day_began_at)
        ) as waited_until_at
    from questions_paired
    inner join tenants
        on tenants.tenant_id = questions_paired.tenant_id
),

tenants_with_hours as (
    select distinct tenant_id from business_hours
),

moments as (
    select
        tenant_id,
        opens_at as passed_at,
        cast(null as bigint) as message_id,
        cast(null as boolean) as is_reply,
        opens_at,
        closes_at,
        open_microseconds_before
    from business_hours
    {% for column, is_reply in [('asked_at', 'false'), ('waited_until_at', 'true')] -%}
    union all
    select tenant_id, {{ column }}, message_id, {{ is_reply }}, null, null, null
    from questions
    {% endfor %}
),

{#- openings only go up, so that the highest so far is the last -#}
moments_in_turn as (
    select
        tenant_id,
        passed_at,
        message_id,
        is_reply,
        {% for column in ['opens_at', 'closes_at', 'open_microseconds_before'] -%}
        max({{ column }}) over (
            partition by tenant_id order by passed_at
            rows between unbounded preceding and current row
        ) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from moments
),

moments_measured as (
    select
        tenant_id,
        message_id,
        is_reply,
        coalesce(
            open_microseconds_before
            + {{ microseconds_between('opens_at', 'least(passed_at, closes_at)') }},
            0
        ) as open_microseconds
    from moments_in_turn
    where message_id is not null
),

open_per_question as (
    select
        tenant_id,
        message_id,
        max(case when is_reply then open_microseconds end)
        - max(case when not is_reply then open_microseconds end) as open_microseconds
    from moments_measured
    group by tenant_id, message_id
),

questions_measured as (
    select
        questions.*,
        {{ microseconds_between('questions.asked_at', 'questions.replied_at') }}
            as reply_microseconds,
        case
            when tenants_with_hours.tenant_id is not null and questions.replied_at is not null
                then open_per_question.open_microseconds
        end as business_reply_microseconds,
        case
            when tenants_with_hours.tenant_id is not null and questions.replied_at is null
                then open_per_question.open_microseconds
        end as business_waiting_microseconds
    from questions
    left join tenants_with_hours
        on tenants_with_hours.tenant_id = questions.tenant_id
    left join open_per_question
        on open_per_question.tenant_id = questions.tenant_id
        and open_per_question.message_id = questions.message_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(message_id as bigint) as message_id,
    cast(conversation_id as bigint) as conversation_id,
    cast(reply_message_id as bigint) as reply_message_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(question_type as text) as question_type,

    -- measures
    {% for measure in ['reply', 'business_reply', 'business_waiting'] -%}
    {{ minutes_of(measure ~ '_microseconds') }} as {{ measure }}_minutes,
    {% endfor %}
    -- flags
    cast(reply_message_id is not null as boolean) as is_answered,

    -- dates
    cast({{ local_date('asked_at', 'timezone') }} as date) as asked_date,

    -- timestamps
    cast(asked_at as timestamp with time zone) as asked_at,
    cast(replied_at as timestamp with time zone) as replied_at,
    {{ local_at('asked_at', 'timezone') }} as asked_at_local
from questions_measured
