{#-
    When activities of campaigns are due, what became of them, and how they were moved. A day in the
    history is read from its text.
-#}
with

campaign_activities as (
    select * from {{ ref('rpt_campaign_activities') }}
),

activity_changes as (
    select * from {{ ref('stg_marketing__campaign_activity_changes') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
    where not is_deleted
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

changes_read as (
    select
        *,
        case
            when field_name in ('starts_on', 'due_on')
                then {{ date_read('changed_to') }} - {{ date_read('changed_from') }}
        end as moved_days
    from activity_changes
),

changes_per_activity as (
    select
        tenant_id,
        campaign_activity_id,
        count(*) as change_count,
        count(case when moved_days <> 0 then 1 end) as move_count,
        sum(case when field_name = 'due_on' then moved_days end) as moved_due_days,
        max(occurred_at) as last_changed_at
    from changes_read
    group by tenant_id, campaign_activity_id
),

activities_joined as (
    select
        campaign_activities.*,
        tenants.as_of_date,
        coalesce(changes_per_activity.change_count, 0) as change_count,
        coalesce(changes_per_activity.move_count, 0) as move_count,
        coalesce(changes_per_activity.moved_due_days, 0) as moved_due_days,
        {{ local_date('changes_per_activity.last_changed_at', 'tenants.timezone') }}
            as last_changed_date
    from campaign_activities
    inner join campaigns
        on campaigns.tenant_id = campaign_activities.tenant_id
        and campaigns.campaign_id = campaign_activities.campaign_id
    inner join tenants
        on tenants.tenant_id = campaign_activities.tenant_id
    left join changes_per_activity
        on changes_per_activity.tenant_id = campaign_activities.tenant_id
        and changes_per_activity.campaign_activity_id = campaign_activities.activity_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(activity_id as bigint) as activity_id,
    cast(campaign_id as bigint) as campaign_id,
    cast(owner_id as bigint) as owner_id,

    -- attributes
    cast(activity_name as text) as activity_name,
    cast(activity_type as text) as activity_type,
    cast(campaign_name as text) as campaign_name,
    cast(marketing_channel_name as text) as marketing_channel_name,
    cast(owner_name as text) as owner_name,
    cast(
        case
            when activity_status = 'cancelled' then 'cancelled'
            when activity_status = 'done' and completed_date > due_date then 'done_late'
            when activity_status = 'done' then 'done'
            when is_overdue then 'late'
            when activity_status = 'in_progress' or start_date <= as_of_date then 'running'
            else 'planned'
        end as text
    ) as activity_state,

    -- measures
    cast(
        case
            when is_overdue then as_of_date - due_date
            when activity_status = 'done' and completed_date > due_date
                then completed_date - due_date
        end as integer
    ) as late_days,
    cast(change_count as integer) as change_count,
    cast(move_count as integer) as move_count,
    cast(moved_due_days as integer) as moved_due_days,

    -- flags
    cast(is_overdue as boolean) as is_late,
    cast(move_count > 0 as boolean) as is_moved,

    -- dates
    cast(start_date as date) as start_date,
    cast(due_date as date) as due_date,
    cast(completed_date as date) as completed_date,
    cast(last_changed_date as date) as last_changed_date
from activities_joined
