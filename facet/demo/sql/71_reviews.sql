-- Ratings, each quarter, by the manager: the strong have the better ones, on the whole.

create temp table demo_review on commit drop as
select
    user_id * 1000 + cast(extract(year from quarter_start) - 2000 as integer) * 4
        + cast(extract(quarter from quarter_start) as integer) as review_id,
    demo_staff.tenant_id, user_id, manager_id, department_id, weight, horizon,
    cast(quarter_start as date) as quarter_start, quarter_end,
    (cast(quarter_end + 9 as timestamp) + interval '10 hours') at time zone timezone as handed_at
from demo_staff
inner join demo_tenant using (tenant_id)
inner join (
    select tenant_id, department_id, unnest(roles) as role from demo_department
) as departments using (tenant_id, role)
cross join lateral generate_series(
    date_trunc('quarter', starts_at + interval '3 months'), demo_tenant.as_of, '3 months'
) as quarter_start
cross join lateral (
    select cast(quarter_start + interval '3 months' as date) - 1 as quarter_end
) as ends
where
    manager_id is not null and quarter_end < demo_tenant.as_of and hired_on <= quarter_start
    and (left_on is null or left_on > quarter_end);

insert into performance_evaluation (
    id, tenant_id, user_id, evaluator_id, department_id, period_start, period_end, status, comment,
    reply, submitted_at, acknowledged_at, created_at, updated_at
)
select
    review_id, tenant_id, user_id, manager_id, department_id, quarter_start, quarter_end, state,
    case when state <> 'draft' then pg_temp.one_of(
        array['Good quarter', 'Steady', 'More care with discounts', 'Customers ask for you'],
        pg_temp.u(review_id, 'comment')
    ) end,
    case when state = 'disputed' then 'I was away for three weeks' end,
    case when state <> 'draft' then handed_at end,
    case when state in ('acknowledged', 'disputed') then read_at end,
    least(handed_at - interval '4 days', horizon - interval '1 hour'),
    case
        when state in ('acknowledged', 'disputed') then read_at
        when state = 'submitted' then handed_at
        else least(handed_at - interval '4 days', horizon - interval '1 hour')
    end
from demo_review
cross join lateral (
    select handed_at + make_interval(hours => pg_temp.roll(review_id, 'read', 200)) as read_at
) as moments
cross join lateral (
    select
        case
            when handed_at >= horizon then 'draft'
            when read_at >= horizon then 'submitted'
            when pg_temp.u(review_id, 'disputed') < 0.04 then 'disputed'
            else 'acknowledged'
        end as state
) as states
order by review_id;

insert into performance_score (
    id, tenant_id, performance_evaluation_id, performance_criterion_id, score, max_score, weight,
    comment, created_at, updated_at
)
select
    review_id * 10 + place, demo_review.tenant_id, review_id, criterion_id,
    least(greatest(
        round(cast(
            2 * (3.4 + 1.5 * strength * ln(coalesce(demo_review.weight, 1))
                + 0.6 * pg_temp.normal(review_id * 10 + place, 'score'))
            as numeric)) / 2,
        0.5), 5),
    5, demo_criterion.weight, null,
    least(handed_at - interval '4 days', horizon - interval '1 hour'),
    least(handed_at - interval '4 days', horizon - interval '1 hour')
from demo_review
inner join demo_criterion using (tenant_id, department_id)
order by 1;
