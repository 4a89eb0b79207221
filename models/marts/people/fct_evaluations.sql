{#- Evaluations one by one: who evaluated whom, and how far each is (definitions.md, People). -#}
with

evaluations as (
    select * from {{ ref('stg_performance__evaluations') }}
    where deleted_at is null
),

scores as (
    select * from {{ ref('stg_performance__scores') }}
),

departments as (
    select * from {{ ref('stg_performance__departments') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

scores_weighted as (
    select
        tenant_id,
        performance_evaluation_id,
        count(*) as score_count,
        sum({{ to_scaled('weight', 6) }}) as weights,
        sum({{ to_scaled('score', 2) }} * {{ to_scaled('weight', 6) }}) as points,
        sum({{ to_scaled('max_score', 2) }} * {{ to_scaled('weight', 6) }}) as most_points
    from scores
    group by tenant_id, performance_evaluation_id
),

evaluations_dated as (
    select
        evaluations.*,
        tenants.as_of_date,
        evaluations.status <> 'draft' as is_counted,
        {{ local_date('evaluations.submitted_at', 'tenants.timezone') }} as submitted_date
    from evaluations
    inner join tenants
        on tenants.tenant_id = evaluations.tenant_id
)

select
    -- keys
    cast(evaluations_dated.tenant_id as bigint) as tenant_id,
    cast(evaluations_dated.performance_evaluation_id as bigint) as performance_evaluation_id,
    cast(evaluations_dated.user_id as bigint) as user_id,
    cast(evaluations_dated.evaluator_id as bigint) as evaluator_id,
    cast(departments.department_id as bigint) as department_id,

    -- attributes
    cast(staff.full_name as text) as user_name,
    cast(evaluators.full_name as text) as evaluator_name,
    cast(departments.name as text) as department_name,
    cast(evaluations_dated.status as text) as evaluation_status,

    -- measures
    cast(coalesce(scores_weighted.score_count, 0) as integer) as score_count,
    {#- what is not handed in is nobody's to read -#}
    {% for measure, column in {
        'points': 'evaluation_score', 'most_points': 'best_score',
    }.items() -%}
    cast(
        case
            when evaluations_dated.is_counted
                then {{ from_scaled(
                    integer_divide(
                        'scores_weighted.' ~ measure ~ ' * 100',
                        'nullif(scores_weighted.weights, 0)',
                    ),
                    4,
                ) }}
        end as numeric(18, 4)
    ) as {{ column }},
    {% endfor -%}
    cast(
        case
            when evaluations_dated.status = 'draft'
                and evaluations_dated.period_end < evaluations_dated.as_of_date
                then evaluations_dated.as_of_date - evaluations_dated.period_end
            when evaluations_dated.status = 'submitted'
                then evaluations_dated.as_of_date - evaluations_dated.submitted_date
        end as integer
    ) as wait_days,

    -- flags
    cast(evaluations_dated.is_counted as boolean) as is_counted,
    cast(
        evaluations_dated.status = 'draft'
        and evaluations_dated.period_end < evaluations_dated.as_of_date as boolean
    ) as is_unfinished,
    cast(evaluations_dated.status = 'submitted' as boolean) as is_unread,
    cast(evaluations_dated.status = 'disputed' as boolean) as is_disputed,

    -- dates
    cast(evaluations_dated.period_start as date) as period_start,
    cast(evaluations_dated.period_end as date) as period_end,
    cast(evaluations_dated.submitted_date as date) as submitted_date
from evaluations_dated
left join scores_weighted
    on scores_weighted.tenant_id = evaluations_dated.tenant_id
    and scores_weighted.performance_evaluation_id = evaluations_dated.performance_evaluation_id
left join departments
    on departments.tenant_id = evaluations_dated.tenant_id
    and departments.department_id = evaluations_dated.department_id
left join staff
    on staff.tenant_id = evaluations_dated.tenant_id
    and staff.user_id = evaluations_dated.user_id
left join staff as evaluators
    on evaluators.tenant_id = evaluations_dated.tenant_id
    and evaluators.user_id = evaluations_dated.evaluator_id
