-- Where every goal of a campaign stands at oracle.as_of, per attribution model and window: metrics.md,
-- Campaign goals, and decision 0010. Stands on campaign_sales.sql.
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
        and s.day between g.first_day and g.last_day
    group by 1, 2, 3, 4
),

stand as (
    select g.*, a.model, a.days,
        case when e.is_by_last_year then 'last_year' else 'days' end as basis,
        case when e.is_by_last_year then e.part else e.gone_count end as part,
        case when e.is_by_last_year then e.whole else e.day_count end as whole,
        coalesce(case when g.metric = 'custom' then g.manual_value else c.value end, 0) as actual
    from goal g
    join elapsed e on e.tenant_id = g.tenant_id and e.id = g.id
    cross join (
        select model, days
        from unnest(array['last_touch', 'first_touch', 'linear', 'position_based', 'time_decay']) as m (model)
        cross join unnest(array[1, 7, 14, 28]) as w (days)
    ) as a
    left join came_in c on c.tenant_id = g.tenant_id and c.id = g.id
        and c.model = case when g.metric = 'redemptions' then '' else a.model end
        and c.days = case when g.metric = 'redemptions' then 0 else a.days end
),

shown as (  -- shares are cut off after eight places; what follows from them follows from them so
    select s.*, least(greatest(div(part * 1e8, whole) * 1e-8, 0), 1) as share,
        last_day - greatest(today, first_day) + 1 as left_count
    from stand s
),

child as (
    select p.tenant_id, p.id, p.model, p.days, round(sum(c.actual), 2) as children_actual_value,
        sum(c.target) as children_target_value
    from shown p
    join shown c on c.tenant_id = p.tenant_id and c.parent_goal_id = p.id and c.metric = p.metric
        and c.model = p.model and c.days = p.days
    group by 1, 2, 3, 4
)

select s.tenant_id, s.id, s.model, s.days, basis, status, value.*, c.children_actual_value,
    c.children_target_value
from shown s
cross join lateral (
    select case
        when target is null then null
        when today < first_day then 'not_started'
        when actual >= target or target = 0 then 'achieved'
        when today > last_day then 'missed'
        when target * share = 0 then 'on_track'
        when actual < 0.81 * target * share then 'at_risk'
        when actual < 0.99 * target * share then 'behind'
        else 'on_track'
    end as status
) as judged
cross join lateral (
    select round(actual, 2) as actual_value, share as elapsed_share,
        round(target * share, 2) as expected_to_date,
        case when target <> 0 then div(actual * 1e8, target) * 1e-8 end as attainment_rate,
        case when target * share <> 0 then div(actual * 1e16, target * share * 1e8) * 1e-8 end as pace_rate,
        case when share > 0 then round(actual / share, 2) end as projected_value,
        case when left_count > 0 then
            case when actual >= target or target = 0 then 0 else round((target - actual) / left_count, 2) end
        end as required_per_day
) as value
left join child c on c.tenant_id = s.tenant_id and c.id = s.id and c.model = s.model and c.days = s.days
