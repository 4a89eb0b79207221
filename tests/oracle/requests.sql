-- Time off, changes of the schedule, wishes and warnings, one row per thing and figure, by the words of definitions.md, People.
with

house as (
    select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant
),

off as (
    select r.*, h.today, (r.requested_at at time zone h.tz)::date as asked, (r.starts_at at time zone h.tz)::date as begins,
        (r.confirmed_at at time zone h.tz)::date as decided
    from schedule_time_off_request r join house h using (tenant_id)
),

changed as (
    select d.tenant_id, d.id, d.change_type, d.old_user_id, d.new_user_id, v.status, h.today,
        (v.requested_at at time zone h.tz)::date as asked, (v.decided_at at time zone h.tz)::date as decided
    from schedule_revision_detail d
    join schedule_revision v on v.tenant_id = d.tenant_id and v.id = d.schedule_revision_id
    join house h on h.tenant_id = d.tenant_id
),

-- of each shift the hours from the midnight before it in which it begins and ends, by the clock
placed as (
    select s.*, extract(isodow from s.day)::int as weekday,
        extract(epoch from (s.starts_at at time zone s.tz) - s.day::timestamp) / 3600 as from_hour,
        extract(epoch from (s.ends_at at time zone s.tz) - s.day::timestamp) / 3600 as to_hour
    from shift s
),

part (name, since, until) as (
    values ('morning', 6, 12), ('afternoon', 12, 18), ('evening', 18, 22), ('night', 0, 6), ('night', 22, 30)
),

wished as (
    select p.tenant_id, p.id, (
        select w.preference from schedule_preferences w
        where w.tenant_id = p.tenant_id and w.user_id = p.user_id and w.deleted_at is null
            and (
                w.schedule_id = p.id
                or (
                    w.day_of_week = p.weekday
                    and p.day between coalesce(w.valid_from_on, '-infinity') and coalesce(w.valid_until_on, 'infinity')
                    and (w.day_part = 'any' or exists (
                        select from part where part.name = w.day_part and p.from_hour < part.until and p.to_hour > part.since
                    ))
                )
            )
        order by (w.schedule_id = p.id) is true desc,
            array_position(array['unavailable', 'preferred', 'possible'], w.preference)
        limit 1
    ) as preference
    from placed p
),

warned as (
    select a.tenant_id, a.id, a.status, case a.subject_type
        when 'sys_users' then (select u.id from sys_users u where u.tenant_id = a.tenant_id and u.id = a.subject_id)
        when 'hr_staff' then (select p.user_id from hr_staff p where p.tenant_id = a.tenant_id and p.id = a.subject_id)
        when 'schedule' then (select s.user_id from schedule s where s.tenant_id = a.tenant_id and s.id = a.subject_id)
        when 'shift_report'
            then (select r.user_id from shift_report r where r.tenant_id = a.tenant_id and r.id = a.subject_id)
        when 'schedule_time_off_request' then (
            select o.user_id from schedule_time_off_request o where o.tenant_id = a.tenant_id and o.id = a.subject_id
        )
        when 'performance_evaluation' then (
            select e.user_id from performance_evaluation e where e.tenant_id = a.tenant_id and e.id = a.subject_id
        )
    end as person
    from alerts a where a.deleted_at is null
)

select tenant_id, 'time off waiting' as figure, id::text as thing, today - asked as value from off where status = 'requested'
union all
select tenant_id, 'time off overdue', id::text, 1 from off where status = 'requested' and begins <= today
union all
select tenant_id, 'time off ' || status, id::text, case when decided >= asked then decided - asked end
from off where status = any (array['approved', 'rejected'])
union all
select tenant_id, 'time off cancelled', id::text, null from off where status = 'cancelled'
union all
select tenant_id, 'change waiting', id::text, today - asked from changed where status = 'requested'
union all
select tenant_id, 'change ' || change_type || ' ' || status, id::text, case when decided >= asked then decided - asked end
from changed where status <> 'requested'
union all
select tenant_id, 'swap', id::text, 1 from changed where change_type = 'reassigned' and old_user_id <> new_user_id
union all
select tenant_id, 'wish ' || preference, id::text, 1 from wished where preference is not null
union all
select tenant_id, 'warning ' || status, id::text, person from warned where person is not null
