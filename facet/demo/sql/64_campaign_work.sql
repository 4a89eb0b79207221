-- What was done in the campaigns, on which channel and for which goal, and how it came along.

create temp table demo_activity on commit preserve rows as
select
    campaign_id * 10 + nth as activity_id, demo_campaign.*, activity.*, owner_id, budget_amount,
    spent_amount, timezone, opened_at, horizon, demo_settings.scale,
    greatest(demo_campaign.starts_on + begins, demo_campaign.starts_on - 6) as begins_on,
    demo_campaign.starts_on + begins + lasts as due_day
from demo_campaign
inner join demo_tenant using (tenant_id)
inner join (
    select id as campaign_id, owner_id, budget_amount, spent_amount from mkt_campaigns
) as campaigns using (campaign_id)
cross join demo_settings
cross join (
    values
    (1, 1, 'advertisement', 0.45, 0, 5, 1, 'Advertisements on Facebook'),
    (2, 2, 'influencer', 0.2, -3, 6, 3, 'Two faces on Instagram'),
    (3, 4, 'email', 0.05, -1, 2, 2, 'Letter to all customers'),
    (4, 5, 'sms', 0.1, 0, 1, null, 'Text to the regulars'),
    (5, 7, 'event', 0.2, 1, 3, null, 'Evening in the shop')
) as activity (nth, channel_nth, activity_type, share, begins, lasts, goal_nth, title);

insert into mkt_campaign_activities (
    id, tenant_id, campaign_id, marketing_channel_id, goal_id, owner_id, name, activity_type,
    status, budget_amount, spent_amount, impression_count, click_count, starts_on, due_on,
    completed_at, created_at, updated_at
)
select
    activity_id, tenant_id, campaign_id, tenant_id * 1000 + channel_nth,
    case when goal_nth is not null then campaign_id * 10 + goal_nth end, owner_id,
    title || ', ' || name, activity_type, state,
    round(budget_amount * share, decimals),
    case
        when state in ('done', 'in_progress') then round(spent_amount * share, decimals)
        else 0
    end,
    case when state in ('done', 'in_progress') and nth <= 3 then seen end,
    case when state in ('done', 'in_progress') and nth <= 3
        then floor(seen * (0.01 + 0.03 * pg_temp.u(activity_id, 'clicks')))
    end,
    begins_on, due_day, case when state = 'done' then done_at end, planned_at,
    case when state = 'done' then done_at else planned_at end
from demo_activity
cross join lateral (
    select
        cast(due_day as timestamp) at time zone timezone
            + make_interval(hours => cast(floor(
                -20 + 90 * power(pg_temp.u(activity_id, 'done'), 3)
            ) as integer)) as done_at,
        least(
            greatest(opened_at, cast(starts_on - 20 as timestamp) at time zone timezone),
            horizon - interval '2 days'
        ) as planned_at,
        floor((2000 + 40000 * pg_temp.u(activity_id, 'seen')) * greatest(scale, 0.1)) as seen
) as moments
cross join lateral (
    select
        case
            when pg_temp.u(activity_id, 'dropped') < 0.04 then 'cancelled'
            when done_at < horizon then 'done'
            when begins_on < as_of then 'in_progress'
            else 'planned'
        end as state
) as states
order by activity_id;

insert into mkt_campaign_activities_history (
    id, tenant_id, campaign_activity_id, changed_by, field_name, changed_from, changed_to,
    occurred_at, created_at
)
select
    activity.id * 10 + place, activity.tenant_id, activity.id, activity.owner_id, 'status',
    step.changed_from, step.changed_to, step.occurred_at, step.occurred_at
from mkt_campaign_activities as activity
inner join (select activity_id, begins_on, timezone, horizon from demo_activity) as demo_activity
    on demo_activity.activity_id = activity.id
cross join lateral (
    values
    (
        1, 'planned', 'in_progress',
        case
            when status in ('in_progress', 'done') then least(
                greatest(
                    cast(begins_on as timestamp) at time zone timezone + interval '10 hours',
                    activity.created_at
                ),
                completed_at, horizon - interval '1 minute'
            )
        end
    ),
    (2, 'in_progress', 'done', completed_at),
    (
        3, 'planned', 'cancelled',
        case when status = 'cancelled' then activity.created_at + interval '1 day' end
    )
) as step (place, changed_from, changed_to, occurred_at)
where step.occurred_at is not null
order by 1;

-- One in six was put off after it had been planned; a few were brought forward.
insert into mkt_campaign_activities_history (
    id, tenant_id, campaign_activity_id, changed_by, field_name, changed_from, changed_to,
    occurred_at, created_at
)
select
    activity.id * 10 + 4, activity.tenant_id, activity.id, activity.owner_id, 'due_on',
    to_char(activity.due_on - moved_days, 'YYYY-MM-DD'), to_char(activity.due_on, 'YYYY-MM-DD'),
    activity.created_at + interval '6 hours', activity.created_at + interval '6 hours'
from mkt_campaign_activities as activity
cross join lateral (
    select case when pg_temp.u(activity.id, 'forward') < 0.2 then -2 else 3 end as moved_days
) as moves
where pg_temp.u(activity.id, 'moved') < 0.17
order by 1;
