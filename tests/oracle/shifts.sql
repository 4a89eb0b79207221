-- Planned time by what became of it, lateness and missing reports, per person and local day, by the words of
-- definitions.md, People.
select tenant_id, 'planned_seconds' as metric, user_id, day, seconds as value from shift
union all
select tenant_id, case state
    when 'worked' then 'kept_seconds' when 'leave' then 'leave_seconds' when 'absent' then 'absent_seconds'
    else 'ahead_seconds'
end, user_id, day, seconds from shift
union all
select tenant_id, 'shifts_planned', user_id, day, 1 from shift
union all
select tenant_id, 'shifts_with_start', user_id, day, 1 from shift where state = 'worked' and began is not null
union all
select tenant_id, 'late_starts', user_id, day, 1
from shift where state = 'worked' and began > starts_at + interval '5 minutes'
union all
select tenant_id, 'early_ends', user_id, day, 1
from shift where state = 'worked' and ended < ends_at - interval '5 minutes'
union all
select tenant_id, 'reports_missing', user_id, day, 1 from shift where is_unreported
