{#-
    What a person got for a criterion in a period, from one or from several (definitions.md, People).
-#}
with

evaluations as (
    select * from {{ ref('fct_evaluations') }}
    where is_counted
),

scores as (
    select * from {{ ref('stg_performance__scores') }}
),

criteria as (
    select * from {{ ref('stg_performance__criteria') }}
),

departments as (
    select * from {{ ref('stg_performance__departments') }}
),

scores_per_person as (
    select
        evaluations.tenant_id,
        evaluations.user_id,
        evaluations.user_name,
        evaluations.period_start,
        evaluations.period_end,
        scores.performance_criterion_id,
        count(*) as evaluator_count,
        max(scores.weight) as weight,
        max(scores.max_score) as max_score,
        max(scores.score) - min(scores.score) as apart_score,
        {{ from_scaled(
            integer_divide('sum(' ~ to_scaled('scores.score', 2) ~ ') * 100', 'count(*)'), 4
        ) }} as criterion_score
    from evaluations
    inner join scores
        on scores.tenant_id = evaluations.tenant_id
        and scores.performance_evaluation_id = evaluations.performance_evaluation_id
    group by
        evaluations.tenant_id, evaluations.user_id, evaluations.user_name,
        evaluations.period_start, evaluations.period_end, scores.performance_criterion_id
)

select
    -- keys
    cast(scores_per_person.tenant_id as bigint) as tenant_id,
    cast(scores_per_person.user_id as bigint) as user_id,
    cast(scores_per_person.performance_criterion_id as bigint) as performance_criterion_id,

    -- attributes
    cast(scores_per_person.user_name as text) as user_name,
    cast(criteria.name as text) as criterion_name,
    cast(departments.name as text) as department_name,
    cast(
        cast(scores_per_person.period_start as text)
        || '_' || cast(scores_per_person.period_end as text) as text
    ) as evaluation_period,

    -- measures
    cast(scores_per_person.evaluator_count as integer) as evaluator_count,
    cast(scores_per_person.criterion_score as numeric(18, 4)) as criterion_score,
    cast(scores_per_person.apart_score as numeric(18, 2)) as apart_score,
    cast(scores_per_person.max_score as numeric(18, 2)) as max_score,
    cast(scores_per_person.weight as numeric(9, 6)) as weight,

    -- dates
    cast(scores_per_person.period_start as date) as period_start,
    cast(scores_per_person.period_end as date) as period_end
from scores_per_person
left join criteria
    on criteria.tenant_id = scores_per_person.tenant_id
    and criteria.performance_criterion_id = scores_per_person.performance_criterion_id
left join departments
    on departments.tenant_id = criteria.tenant_id
    and departments.department_id = criteria.department_id
