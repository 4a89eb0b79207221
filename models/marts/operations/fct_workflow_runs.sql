{#-
    Runs of workflows. Failed ones about the same row that follow each other are one, the first.
-#}
with

events as (
    select * from {{ ref('stg_logs__system_logs') }}
    where workflow_id is not null and outcome is not null
),

workflows as (
    select * from {{ ref('stg_workflow__workflows') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

events_followed as (
    select
        *,
        lag(outcome) over (
            partition by tenant_id, workflow_id, subject_type, subject_id
            order by occurred_at, system_log_id
        ) as outcome_before
    from events
),

runs as (
    select * from events_followed
    where
        subject_id is null
        or outcome <> 'failed'
        or coalesce(outcome_before, '') <> 'failed'
)

select
    -- keys
    cast(runs.tenant_id as bigint) as tenant_id,
    cast(runs.system_log_id as bigint) as system_log_id,
    cast(runs.workflow_id as bigint) as workflow_id,

    -- attributes
    cast(workflows.code as text) as workflow_code,
    cast(workflows.name as text) as workflow_name,
    cast(runs.outcome as text) as outcome,

    -- measures: a hundredth of a second is ten milliseconds
    cast(
        case
            when runs.outcome = 'succeeded'
                then {{ from_scaled(
                    integer_divide('cast(runs.duration_ms as bigint) + 5', '10'), 2
                ) }}
        end as numeric(18, 2)
    ) as duration_seconds,

    -- dates
    cast({{ local_date('runs.occurred_at', 'tenants.timezone') }} as date) as run_date,

    -- timestamps
    {{ local_at('runs.occurred_at', 'tenants.timezone') }} as run_at_local
from runs
inner join tenants
    on tenants.tenant_id = runs.tenant_id
left join workflows
    on workflows.tenant_id = runs.tenant_id
    and workflows.workflow_id = runs.workflow_id
