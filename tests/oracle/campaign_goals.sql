-- Where every goal of a campaign stands at oracle.as_of, per attribution model and window: definitions.md,
-- Progress of a goal, and decisions 0010 and 0017. Stands on 04_pace.sql and campaign_sales.sql.
with

goal as (
    select g.tenant_id, g.id, g.campaign_id, g.parent_goal_id, g.metric, g.target_value as target, g.manual_value,
        coalesce(g.starts_on, c.starts_on) as first_day, coalesce(g.ends_on, c.ends_on) as last_day,
        (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as today
    from mkt_campaign_goals g
    join mkt_campaigns c on c.tenant_id = g.tenant_id and c.id = g.campaign_id
    join tenant t on t.tenant_id = g.tenant_id
    where g.deleted_at is null and c.deleted_at is null
        and coalesce(g.ends_on, c.ends_on) - coalesce(g.starts_on, c.starts_on) between 0 and 3659
),

elapsed as materialized (
    select g.tenant_id, g.id, e.*
    from goal g
    cross join lateral pg_temp.elapsed_of(g.tenant_id, g.first_day, g.last_day, g.today) as e
),

came_in as (  -- by now, and by the end of the last whole day
    select g.tenant_id, g.id, s.model, s.days, sum(s.value) as value,
        coalesce(sum(s.value) filter (where s.day < g.today), 0) as value_to_date
    from goal g
    join campaign_sales s on s.tenant_id = g.tenant_id and s.campaign = g.campaign_id and s.metric = g.metric
        and s.day between g.first_day and g.last_day
    group by 1, 2, 3, 4
),

stand as (  -- a custom goal has one value, that of now
    select g.*, a.model, a.days,
        coalesce(case when g.metric = 'custom' then g.manual_value else c.value end, 0) as actual,
        coalesce(case when g.metric = 'custom' then g.manual_value else c.value_to_date end, 0) as actual_to_date
    from goal g
    cross join (
        select model, days
        from unnest(string_to_array(current_setting('oracle.attribution_models'), ',')) as m (model)
        cross join unnest(string_to_array(current_setting('oracle.attribution_windows'), ',')::int[]) as w (days)
    ) as a
    left join came_in c on c.tenant_id = g.tenant_id and c.id = g.id
        and c.model = case when g.metric = 'redemptions' then '' else a.model end
        and c.days = case when g.metric = 'redemptions' then 0 else a.days end
),

child as (
    select p.tenant_id, p.id, p.model, p.days, round(sum(c.actual), 2) as children_actual_value,
        sum(c.target) as children_target_value
    from stand p
    join stand c on c.tenant_id = p.tenant_id and c.parent_goal_id = p.id and c.metric = p.metric
        and c.model = p.model and c.days = p.days
    group by 1, 2, 3, 4
)

select s.tenant_id, s.id, s.model, s.days, e.basis, e.event, j.*, c.children_actual_value,
    c.children_target_value
from stand s
join elapsed e on e.tenant_id = s.tenant_id and e.id = s.id
cross join lateral pg_temp.judged(
    s.target, e.share, e.gone_count, s.first_day, s.last_day, s.today, s.actual, s.actual_to_date
) as j
left join child c on c.tenant_id = s.tenant_id and c.id = s.id and c.model = s.model and c.days = s.days
