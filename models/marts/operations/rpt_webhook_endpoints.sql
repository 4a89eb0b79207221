{#-
    Addresses that systems call each other by: how often that fails lately, and since when it does.
    What follows a question mark may be a secret, and is left out.
-#}
with

attempts as (
    select * from {{ ref('stg_logs__webhook_logs') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

attempts_dated as (
    select
        attempts.tenant_id,
        attempts.direction,
        attempts.provider,
        split_part(coalesce(attempts.endpoint, ''), '?', 1) as endpoint,
        attempts.status <> 'succeeded' as is_failed,
        attempts.occurred_at,
        tenants.as_of_date
        - {{ local_date('attempts.occurred_at', 'tenants.timezone') }} as age_days,
        row_number() over (
            partition by
                attempts.tenant_id,
                attempts.direction,
                attempts.provider,
                split_part(coalesce(attempts.endpoint, ''), '?', 1)
            order by attempts.occurred_at, attempts.webhook_log_id
        ) as attempt_rank
    from attempts
    inner join tenants
        on tenants.tenant_id = attempts.tenant_id
),

endpoints_summed as (
    select
        tenant_id,
        direction,
        provider,
        endpoint,
        count(case when age_days between 0 and 29 then 1 end) as attempt_count,
        count(case when age_days between 0 and 29 and is_failed then 1 end)
            as failed_attempt_count,
        count(case when age_days between 30 and 59 then 1 end) as attempt_count_before,
        count(case when age_days between 30 and 59 and is_failed then 1 end)
            as failed_attempt_count_before,
        coalesce(max(case when not is_failed then attempt_rank end), 0) as last_good_rank,
        max(case when not is_failed then occurred_at end) as last_good_at
    from attempts_dated
    group by tenant_id, direction, provider, endpoint
)

select
    -- keys
    cast(endpoints_summed.tenant_id as bigint) as tenant_id,

    -- attributes
    cast(endpoints_summed.direction as text) as direction,
    cast(endpoints_summed.provider as text) as provider,
    cast(endpoints_summed.endpoint as text) as endpoint,

    -- measures
    {% for column in [
        'attempt_count', 'failed_attempt_count', 'attempt_count_before',
        'failed_attempt_count_before',
    ] -%}
    cast(endpoints_summed.{{ column }} as bigint) as {{ column }},
    {% endfor %}
    -- flags
    cast(first_failures.occurred_at is not null as boolean) as is_failing,

    -- timestamps
    cast(first_failures.occurred_at as timestamp with time zone) as failing_since_at,
    cast(endpoints_summed.last_good_at as timestamp with time zone) as last_good_at
from endpoints_summed
left join attempts_dated as first_failures
    on first_failures.tenant_id = endpoints_summed.tenant_id
    and first_failures.direction = endpoints_summed.direction
    and first_failures.provider = endpoints_summed.provider
    and first_failures.endpoint = endpoints_summed.endpoint
    and first_failures.attempt_rank = endpoints_summed.last_good_rank + 1
