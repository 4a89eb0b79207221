-- Where every target of the sales team stands at oracle.as_of: definitions.md, Status of a goal,
-- whose rule paces targets too. Stands on 04_pace.sql and staff_sales.sql.
with

target as (
    select s.*, (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as today
    from sales_performance s
    join tenant t on t.tenant_id = s.tenant_id
    where s.target_amount is not null and s.period_end - s.period_start between 0 and 3652
)

select g.tenant_id, g.id, g.user_id, e.basis, e.event, j.*
from target g
cross join lateral (
    select coalesce(sum(f.value), 0) as value,
        coalesce(sum(f.value) filter (where f.day < g.today), 0) as value_to_date
    from staff_sales f
    where f.tenant_id = g.tenant_id and f.person = g.user_id and f.metric = 'credited_net_sales'
        and f.day between g.period_start and g.period_end
) as came_in
cross join lateral pg_temp.elapsed_of(g.tenant_id, g.period_start, g.period_end, g.today) as e
cross join lateral pg_temp.judged(
    g.target_amount, e.share, e.gone_count, g.period_start, g.period_end, g.today, came_in.value,
    came_in.value_to_date
) as j
