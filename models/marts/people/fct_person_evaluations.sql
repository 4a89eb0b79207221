{#-
    What a person was evaluated with in a period, by one or by several, and what changed since the
    period before (definitions.md, People).
-#}
with

evaluations as (
    select * from {{ ref('fct_evaluations') }}
    where is_counted
),

departments as (
    select * from {{ ref('stg_performance__departments') }}
),

persons as (
    select
        tenant_id,
        user_id,
        user_name,
        period_start,
        period_end,
        count(*) as evaluator_count,
        min(department_id) as department_id,
        min(evaluation_score) as lowest_score,
        max(evaluation_score) as highest_score,
        {{ from_scaled(
            integer_divide(
                'sum(' ~ to_scaled('evaluation_score', 4) ~ ')',
                'nullif(count(evaluation_score), 0)',
            ),
            4,
        ) }} as evaluation_score,
        {{ from_scaled(
            integer_divide(
                'sum(' ~ to_scaled('best_score', 4) ~ ')', 'nullif(count(best_score), 0)'
            ),
            4,
        ) }} as best_score
    from evaluations
    group by tenant_id, user_id, user_name, period_start, period_end
),

persons_before as (
    select
        persons.tenant_id,
        persons.user_id,
        persons.period_start,
        persons.period_end,
        earlier.evaluation_score,
        row_number() over (
            partition by
                persons.tenant_id, persons.user_id, persons.period_start, persons.period_end
            order by earlier.period_end desc, earlier.period_start desc
        ) as place
    from persons
    inner join persons as earlier
        on earlier.tenant_id = persons.tenant_id
        and earlier.user_id = persons.user_id
        and earlier.period_end < persons.period_start
    where earlier.evaluation_score is not null
)

select
    -- keys
    cast(persons.tenant_id as bigint) as tenant_id,
    cast(persons.user_id as bigint) as user_id,
    cast(departments.department_id as bigint) as department_id,

    -- attributes
    cast(persons.user_name as text) as user_name,
    cast(departments.name as text) as department_name,
    cast(
        cast(persons.period_start as text) || '_' || cast(persons.period_end as text) as text
    ) as evaluation_period,

    -- measures
    cast(persons.evaluator_count as integer) as evaluator_count,
    cast(persons.evaluation_score as numeric(18, 4)) as evaluation_score,
    cast(persons.best_score as numeric(18, 4)) as best_score,
    cast(persons.lowest_score as numeric(18, 4)) as lowest_score,
    cast(persons.highest_score as numeric(18, 4)) as highest_score,
    cast(
        case
            when persons.evaluator_count > 1 then persons.highest_score - persons.lowest_score
        end as numeric(18, 4)
    ) as apart_score,
    cast(persons_before.evaluation_score as numeric(18, 4)) as previous_score,
    cast(
        persons.evaluation_score - persons_before.evaluation_score as numeric(18, 4)
    ) as change_score,

    -- dates
    cast(persons.period_start as date) as period_start,
    cast(persons.period_end as date) as period_end
from persons
left join persons_before
    on persons_before.tenant_id = persons.tenant_id
    and persons_before.user_id = persons.user_id
    and persons_before.period_start = persons.period_start
    and persons_before.period_end = persons.period_end
    and persons_before.place = 1
left join departments
    on departments.tenant_id = persons.tenant_id
    and departments.department_id = persons.department_id
