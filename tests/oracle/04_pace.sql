-- How goals and targets are paced: definitions.md, Progress of a goal, and decision 0010. `today` is the day of the
-- data, which is not over: what is gone are the days before it.

-- The event that days of a goal or target go by: it falls into them, or into the same days of last year.
create function pg_temp.event_of(tenant bigint, first_day date, last_day date) returns event
language sql stable as $$
    select e.* from event e
    where e.tenant_id = tenant and (
        (e.first_day <= event_of.last_day and e.last_day >= event_of.first_day)
        or (e.past_first_day <= (event_of.last_day - interval '1 year')::date
            and e.past_last_day >= (event_of.first_day - interval '1 year')::date)
    )
    order by e.rank, e.code, e.first_day limit 1
$$;

-- How much of its year before had come in: what it is by, the event, days gone, and the share, which is cut off
-- after eight places; what follows from it follows from it so.
create function pg_temp.elapsed_of(
    tenant bigint, first_day date, last_day date, today date,
    out basis text, out event text, out gone_count bigint, out share numeric
) language sql stable as $$
    with day_before as (
        select e.code, due::date < today as is_gone,
            exists (
                select from piece s
                where s.tenant_id = tenant and s.day = past.day and s.kind = 'sale'
            ) as has_sales,
            (
                select coalesce(sum(p.amount), 0) from piece p
                where p.tenant_id = tenant and p.day = past.day and p.kind <> 'cost'
            ) as net
        from pg_temp.event_of(tenant, elapsed_of.first_day, elapsed_of.last_day) as e
        cross join generate_series(elapsed_of.first_day, elapsed_of.last_day, '1 day') as due
        cross join lateral (
            select coalesce(
                due::date - (e.first_day - e.past_first_day), (due - interval '1 year')::date
            ) as day
        ) as past
    ),

    summed as (
        select code, count(*) as days, count(*) filter (where is_gone) as gone,
            2 * count(*) filter (where has_sales) >= count(*) and sum(net) > 0 as is_by_last_year,
            sum(net) as whole, coalesce(sum(net) filter (where is_gone), 0) as part
        from day_before group by 1
    )

    select case when not is_by_last_year then 'days' when code is null then 'last_year' else 'event' end,
        case when is_by_last_year then code end, gone,
        case when is_by_last_year then least(greatest(div(part * 1e8, whole) * 1e-8, 0), 1)
            else div(gone * 1e8, days) * 1e-8 end
    from summed
$$;

-- What follows from target, share, what came in by now and by the end of the last whole day.
create function pg_temp.judged(
    target numeric, share numeric, gone_count bigint, first_day date, last_day date, today date,
    actual numeric, actual_to_date numeric,
    out status text, out actual_value numeric, out to_date_value numeric, out elapsed_share numeric,
    out expected_to_date numeric, out attainment_rate numeric, out pace_rate numeric,
    out projected_value numeric, out required_per_day numeric
) language sql immutable as $$
    select case
            when target is null then null
            when today < first_day then 'not_started'
            when actual >= target or target = 0 then 'achieved'
            when today > last_day then 'missed'
            when gone_count = 0 then 'started'
            when target * share = 0 then 'on_track'
            when actual_to_date < 0.81 * target * share then 'at_risk'
            when actual_to_date < 0.99 * target * share then 'behind'
            else 'on_track'
        end,
        round(actual, 2), round(actual_to_date, 2), share, round(target * share, 2),
        case when target <> 0 then div(actual * 1e8, target) * 1e-8 end,
        case when target * share <> 0 then div(actual_to_date * 1e16, target * share * 1e8) * 1e-8 end,
        case when share > 0 then greatest(round(actual, 2), round(actual_to_date / share, 2)) end,
        case when today <= last_day and target is not null then case
            when actual >= target or target = 0 then 0
            else greatest(
                round((target - actual_to_date) / (last_day - greatest(today, first_day) + 1), 2), 0
            )
        end end
$$;
