-- What people wish for their shifts, how published shifts were changed, and who asked to be away.

insert into schedule_preferences (
    id, tenant_id, user_id, schedule_id, day_of_week, day_part, preference, valid_from_on,
    valid_until_on, note, created_at, updated_at
)
select
    user_id * 10 + nth, tenant_id, user_id, null, pg_temp.roll(user_id * 10 + nth, 'weekday', 7),
    pg_temp.one_of(array['morning', 'evening', 'any'], pg_temp.u(user_id * 10 + nth, 'part')),
    (array['preferred', 'unavailable', 'possible'])[nth], cast(opened_at as date),
    case when nth = 3 then demo_tenant.as_of + 30 end, null, opened_at, opened_at
from demo_staff
inner join demo_tenant using (tenant_id)
cross join generate_series(1, 3) as nth
where role = 'sales' and left_on is null
union all
select
    shift_id, demo_shift.tenant_id, user_id, shift_id, null, 'any', 'unavailable', null, null,
    'Appointment', horizon - interval '2 days', horizon - interval '2 days'
from demo_shift
inner join (select tenant_id, horizon from demo_tenant) as tenants using (tenant_id)
where status in ('draft', 'published') and pg_temp.u(shift_id, 'appointment') < 0.08
order by 1;

-- One change a month gathers the shifts that were moved or swapped; what is ahead waits for a yes.
create temp table demo_change on commit drop as
select
    demo_shift.*, opened_at, horizon, team.user_ids,
    case when pg_temp.u(shift_id, 'swapped') < 0.35 and cardinality(others) > 0 then 'reassigned'
        else 'moved'
    end as change_type,
    others[pg_temp.roll(shift_id, 'with whom', cardinality(others))] as other_id,
    demo_shift.day >= as_of as is_ahead,
    demo_shift.tenant_id * 1000
        + cast(extract(year from demo_shift.day) - 2000 as integer) * 12
        + cast(extract(month from demo_shift.day) as integer)
        + case when demo_shift.day >= as_of then 500 else 0 end as revision_id
from demo_shift
inner join (select tenant_id, opened_at, horizon from demo_tenant) as tenants using (tenant_id)
inner join demo_team as team using (tenant_id)
cross join lateral (select array_remove(team.user_ids, user_id) as others) as colleagues
where team.day = least(demo_shift.day, as_of - 1)
    and pg_temp.u(shift_id, 'changed') < case when demo_shift.day >= as_of then 0.06 else 0.012 end;

insert into schedule_revision (
    id, tenant_id, period_start, period_end, reason, status, requested_by, decided_by, requested_at,
    decided_at, created_at, updated_at
)
select
    revision_id, tenant_id, min(day), max(day),
    pg_temp.one_of(
        array['Illness', 'Delivery expected', 'Busy weekend'], pg_temp.u(revision_id, 'reason')
    ),
    case when is_ahead then 'requested' else 'approved' end, min(user_id),
    case when not is_ahead then min(manager_id) end, requested_at,
    case when not is_ahead then requested_at + interval '1 day' end, requested_at,
    case when not is_ahead then requested_at + interval '1 day' else requested_at end
from (
    select
        demo_change.*,
        greatest(
            least(
                min(starts_at) over (partition by revision_id) - interval '8 days',
                horizon - interval '1 day'
            ),
            opened_at
        ) as requested_at
    from demo_change
) as changes
group by revision_id, tenant_id, is_ahead, requested_at
order by revision_id;

insert into schedule_revision_detail (
    id, tenant_id, schedule_revision_id, schedule_id, change_type, old_user_id, new_user_id,
    old_starts_at, old_ends_at, new_starts_at, new_ends_at, created_at, updated_at
)
select
    shift_id, tenant_id, revision_id, shift_id, change_type,
    -- a shift is what the approved change made of it; what is asked for would make it another
    case when is_ahead or change_type = 'moved' then user_id else other_id end,
    case when is_ahead and change_type = 'reassigned' then other_id else user_id end,
    starts_at - case when is_ahead then interval '0' else shift end,
    ends_at - case when is_ahead then interval '0' else shift end,
    starts_at + case when is_ahead then shift else interval '0' end,
    ends_at + case when is_ahead then shift else interval '0' end,
    least(greatest(starts_at - interval '8 days', opened_at), horizon - interval '1 day'),
    least(greatest(starts_at - interval '8 days', opened_at), horizon - interval '1 day')
from demo_change
cross join lateral (
    select
        case when change_type = 'moved' then interval '2 hours' else interval '0' end as shift
) as shifts
order by shift_id;

-- Leave was asked for and granted; of the days that somebody stayed away, some had been refused.
insert into schedule_time_off_request (
    id, tenant_id, user_id, schedule_id, leave_type_id, starts_at, ends_at, status, reason, answer,
    confirmed_by, requested_at, confirmed_at, created_at, updated_at
)
with weeks as (
    select
        min(shift_id) as request_id, tenant_id, user_id, manager_id, cast(null as bigint) as shift,
        min(starts_at) as starts_at, max(ends_at) as ends_at, 'approved' as state,
        1 + width_bucket(pg_temp.u(week_draw, 'kind'), array[0.7, 0.95]) as kind, as_of
    from demo_shift
    where status = 'leave'
    group by tenant_id, user_id, manager_id, week_draw, as_of
),

days as (
    select
        shift_id, tenant_id, user_id, manager_id, shift_id, starts_at, ends_at,
        case
            when day >= as_of then 'requested'
            when status = 'absent' then 'rejected'
            else 'cancelled'
        end, 1, as_of
    from demo_shift
    where
        status = 'absent' and pg_temp.u(shift_id, 'refused') < 0.3
        or status = 'worked' and pg_temp.u(shift_id, 'came after all') < 0.003
        or day >= as_of and pg_temp.u(shift_id, 'wants to be away') < 0.05
)

select
    request_id, tenant_id, user_id, shift, tenant_id * 1000 + kind, starts_at, ends_at, state,
    case kind when 1 then 'Holiday' when 2 then 'Illness' else 'Family' end,
    case when state = 'rejected' then 'Too many are away' end,
    case when state in ('approved', 'rejected') then manager_id end, asked_at,
    case when state in ('approved', 'rejected') then asked_at + interval '30 minutes' end,
    asked_at,
    case when state = 'requested' then asked_at else asked_at + interval '30 minutes' end
from (select * from weeks union all select * from days) as requests
inner join (select tenant_id, opened_at, horizon from demo_tenant) as tenants using (tenant_id)
cross join lateral (
    select
        least(
            case kind
                when 2 then starts_at - interval '2 hours'
                else greatest(starts_at - interval '21 days', opened_at)
            end,
            horizon - interval '9 hours'
        ) as asked_at
) as moments
order by request_id;
