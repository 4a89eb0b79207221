-- Where every goal of a campaign stands at oracle.as_of, per attribution model and window: metrics.md,
-- Campaign goals, and decision 0010. Stands on campaign_sales.sql. Fractions stay fractions to the end.
with

goal as (
    select g.tenant_id, g.id, g.campaign_id, g.parent_goal_id, g.metric, g.target_value as target, g.manual_value,
        coalesce(g.starts_on, c.starts_on) as first_day, coalesce(g.ends_on, c.ends_on) as last_day,
        (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as today
    from mkt_campaign_goals g
    join mkt_campaigns c on c.tenant_id = g.tenant_id and c.id = g.campaign_id
    join tenant t on t.tenant_id = g.tenant_id
    where g.deleted_at is null
),

last_year as (  -- of each day of a goal: the same day a year earlier
    select g.tenant_id, g.id, due::date < g.today as is_gone,
        exists (
            select from goods s
            where s.tenant_id = g.tenant_id and s.day = (due - interval '1 year')::date
        ) as has_sales,
        (
            select coalesce(sum(p.amount), 0) from piece p
            where p.tenant_id = g.tenant_id and p.day = (due - interval '1 year')::date and p.kind <> 'cost'
        ) as net
    from goal g
    cross join generate_series(g.first_day, g.last_day, '1 day') as due
),

elapsed as (
    select tenant_id, id, count(*) as day_count, count(*) filter (where is_gone) as gone_count,
        2 * count(*) filter (where has_sales) >= count(*) and sum(net) > 0 as is_by_last_year,
        sum(net) as whole, coalesce(sum(net) filter (where is_gone), 0) as part
    from last_year group by 1, 2
),

came_in as (
    select g.tenant_id, g.id, s.model, s.days, sum(s.value) as value
    from goal g
    join campaign_sales s on s.tenant_id = g.tenant_id and s.campaign = g.campaign_id and s.metric = g.metric
        and (s.day >= g.first_day or g.first_day is null) and (s.day <= g.last_day or g.last_day is null)
    group by 1, 2, 3, 4
),

stand as (
    select g.*, a.model, a.days,
        case when e.is_by_last_year then 'last_year' when e.is_by_last_year is false then 'days' end as basis,
        case when e.is_by_last_year then e.part else e.gone_count end as part,
        case when e.is_by_last_year then e.whole else e.day_count end as whole,
        coalesce(case when g.metric = 'custom' then g.manual_value else c.value end, 0) as actual
    from goal g
    left join elapsed e on e.tenant_id = g.tenant_id and e.id = g.id
    cross join (
        select model, days
        from unnest(array['last_touch', 'first_touch', 'linear', 'position_based', 'time_decay']) as m (model)
        cross join unnest(array[1, 7, 14, 28]) as w (days)
    ) as a
    left join came_in c on c.tenant_id = g.tenant_id and c.id = g.id
        and c.model = case when g.metric = 'redemptions' then '' else a.model end
        and c.days = case when g.metric = 'redemptions' then 0 else a.days end
)

select tenant_id, id, model, days, first_day, last_day, actual, basis,
    part / whole as elapsed_share,
    target * part / whole as expected,
    case
        when today < first_day then 'not_started'
        when actual >= target then 'achieved'
        when today > last_day then 'missed'
        when target * part > 0 and actual * whole < 0.81 * target * part then 'at_risk'
        when target * part > 0 and actual * whole < 0.99 * target * part then 'behind'
        else 'on_track'
    end as status
from stand
