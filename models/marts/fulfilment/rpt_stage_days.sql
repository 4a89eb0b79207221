{#- Hundredths of an hour are 36,000,000 microseconds. -#}
with

stage_changes as (
    select * from {{ ref('int_fulfilment__stage_changes_measured') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(subject_type as text) as subject_type,
    cast(stage as text) as stage,

    -- measures
    cast(count(*) as integer) as entered_count,
    cast(sum(case when was_left then 1 else 0 end) as integer) as left_count,
    cast(
        coalesce(
            {{ from_scaled(
                integer_divide('cast(sum(stage_microseconds) as bigint) + 18000000', 36000000), 2
            ) }},
            0
        ) as numeric(18, 2)
    ) as stage_hours,

    -- dates
    cast(month_start_date as date) as month_start_date
from stage_changes
group by tenant_id, subject_type, stage, month_start_date
