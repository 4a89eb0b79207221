-- Shifts by the words of definitions.md, People, as temporary tables: each looks up its report and leave.
create temporary table roster as
select s.*, t.tz, (s.starts_at at time zone t.tz)::date as day,
    (s.ends_at at time zone t.tz)::date
        < (current_setting('oracle.as_of')::timestamptz at time zone t.tz)::date as is_over,
    floor(extract(epoch from s.ends_at - s.starts_at))::bigint as seconds
from schedule s join tenant t using (tenant_id)
where s.status = any (array['published', 'worked', 'absent', 'leave']) and not s.ends_at < s.starts_at;
create index on roster (tenant_id, user_id, day);

create temporary table reported as
select r.* from shift_report r where (r.ended_at < r.started_at) is not true;
create index on reported (tenant_id, user_id);

create temporary table shift as
select r.tenant_id, r.id, r.user_id, r.status, r.day, r.seconds, r.is_over, r.starts_at, r.ends_at, r.tz,
    case
        when r.status = 'worked' or (r.status = 'published' and said.is_there) then 'worked'
        when r.status = 'leave' or off.id is not null then 'leave'
        when r.status = 'absent' or r.is_over then 'absent'
        else 'ahead'
    end as state,
    r.is_over and r.status in ('worked', 'published') and not said.is_there
        and (r.status = 'worked' or off.id is null) as is_unreported,
    coalesce(r.leave_type_id, off.leave_type_id) as kind,
    own.started_at as began, own.ended_at as ended
from roster r
left join lateral (
    select o.id, o.leave_type_id from schedule_time_off_request o
    where o.tenant_id = r.tenant_id and o.user_id = r.user_id and o.status = 'approved'
        and (o.schedule_id = r.id or (o.starts_at <= r.starts_at and o.ends_at >= r.ends_at))
    order by o.id limit 1
) as off on true
left join lateral (
    select count(*) > 0 as is_there from reported p
    where p.tenant_id = r.tenant_id and p.user_id = r.user_id
        and (p.id = r.shift_report_id or p.shift_date = r.day)
) as said on true
left join lateral (
    select p.started_at, p.ended_at from reported p
    where p.tenant_id = r.tenant_id and p.user_id = r.user_id and (
        p.id = r.shift_report_id
        or (
            p.shift_date = r.day
            and 1 = (
                select count(*) from reported q
                where q.tenant_id = r.tenant_id and q.user_id = r.user_id and q.shift_date = r.day
            )
            and 1 = (
                select count(*) from roster q
                where q.tenant_id = r.tenant_id and q.user_id = r.user_id and q.day = r.day
            )
        )
    )
    order by (p.id = r.shift_report_id) is true desc limit 1
) as own on true;
create index on shift (tenant_id, id);
