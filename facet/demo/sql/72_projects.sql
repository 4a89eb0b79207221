-- Projects: one for each campaign, and what the house has to do besides. A campaign's project has
-- the campaign's id.

create temp table demo_project on commit preserve rows as
select
    campaign_id as project_id, demo_campaign.tenant_id, campaign_id,
    'C-' || campaign_id as code, demo_campaign.name, owner_id,
    demo_campaign.tenant_id * 1000 + 3 as department_id,
    greatest(demo_campaign.starts_on - 25, cast(demo_tenant.starts_at as date)) as starts_on,
    demo_campaign.ends_on + 7 as due_on, campaigns.budget_amount,
    case
        when ends_on + 7 < demo_campaign.as_of then 'completed'
        when demo_campaign.starts_on - 25 >= demo_campaign.as_of then 'planned'
        else 'active'
    end as status, 'normal' as priority
from demo_campaign
inner join demo_tenant using (tenant_id)
inner join (
    select id as campaign_id, owner_id, budget_amount from mkt_campaigns
) as campaigns using (campaign_id)
union all
select
    tenant_id * 1000 + 900 + nth, tenant_id, null, 'P-' || nth,
    case language when 'vi' then vi when 'fr' then fr else en end, tenant_id * 1000 + 2,
    tenant_id * 1000 + department, as_of - began, as_of + due, null, state, importance
from demo_tenant
cross join (
    values
    (1, 2, 1000, 400, 'active', 'high', 'Vận hành cửa hàng', 'Running the shops',
        'Vie des boutiques'),
    (2, 4, 60, -5, 'active', 'urgent', 'Kiểm kê cuối năm', 'Stock count', 'Inventaire'),
    (3, 1, 300, 100, 'on_hold', 'low', 'Cửa hàng mới', 'New shop', 'Nouvelle boutique'),
    (4, 3, 500, -380, 'completed', 'normal', 'Trang web mới', 'New website', 'Nouveau site'),
    (5, 2, 200, -120, 'cancelled', 'low', 'Tủ trưng bày', 'Window displays', 'Vitrines')
) as house (nth, department, began, due, state, importance, vi, en, fr);

insert into project (
    id, tenant_id, code, name, owner_id, department_id, status, priority, budget_amount, starts_on,
    due_on, completed_at, created_at, updated_at
)
select
    project_id, demo_project.tenant_id, demo_project.code, demo_project.name, owner_id,
    department_id, status, priority, budget_amount, starts_on, due_on,
    case when status = 'completed' then done_at end, begun_at,
    case when status = 'completed' then done_at else begun_at end
from demo_project
inner join demo_tenant using (tenant_id)
cross join lateral (
    select
        least(cast(due_on as timestamp) at time zone timezone + interval '16 hours',
            horizon - interval '2 hours') as done_at,
        least(greatest(cast(starts_on as timestamp) at time zone timezone, opened_at),
            horizon - interval '3 days') as begun_at
) as moments
order by project_id;

insert into mkt_campaign_projects (tenant_id, campaign_id, project_id, created_at, updated_at)
select tenant_id, campaign_id, project_id, created_at, created_at
from demo_project
inner join (select id as project_id, created_at from project) as projects using (project_id)
where campaign_id is not null
order by project_id;

-- Four of five are reached in time, others late; those of the stock count were due already.
insert into milestone (
    id, tenant_id, project_id, name, owner_id, status, position, due_on, reached_at, created_at,
    updated_at
)
select
    milestone_id, tenant_id, project_id, title, owner_id,
    case
        when project_status = 'cancelled' then 'cancelled'
        when reached_at < horizon and project_status <> 'on_hold' then 'reached'
        else 'planned'
    end,
    place, due_day,
    case
        when reached_at < horizon and project_status not in ('cancelled', 'on_hold') then reached_at
    end,
    created_at,
    case
        when reached_at < horizon and project_status not in ('cancelled', 'on_hold')
            then greatest(reached_at, created_at)
        else created_at
    end
from (
    select
        project_id * 10 + place as milestone_id, demo_project.tenant_id, project_id, title,
        owner_id, place, due_day, horizon, projects.created_at,
        demo_project.status as project_status,
        greatest(
            cast(due_day as timestamp) at time zone timezone + make_interval(hours => case
                when pg_temp.u(project_id * 10 + place, 'late') < 0.2
                    and (place < 3 or demo_project.status <> 'completed')
                    then 34 + pg_temp.roll(project_id * 10 + place, 'hours', 150)
                else -60 + pg_temp.roll(project_id * 10 + place, 'hours', 72)
            end),
            projects.created_at
        ) as reached_at
    from demo_project
    inner join demo_tenant using (tenant_id)
    inner join (select id as project_id, created_at from project) as projects using (project_id)
    cross join lateral (
        values
        (1, 'Plan', starts_on + (due_on - starts_on) / 4),
        (2, 'Start', starts_on + (due_on - starts_on) / 2),
        (3, 'Report', due_on)
    ) as point (place, title, due_day)
) as points
order by milestone_id;

insert into project_repository (
    id, tenant_id, project_id, folder, name, version, url, content_type, size_bytes, uploaded_by,
    created_at, updated_at
)
select
    project_id * 10 + version, tenant_id, project_id, 'plans', 'plan.pdf', version,
    'https://files.' || domain || '/projects/' || project_id || '/plan-' || version || '.pdf',
    'application/pdf', 80000 + pg_temp.roll(project_id * 10 + version, 'bytes', 900000), owner_id,
    filed_at, filed_at
from demo_project
inner join (select tenant_id, domain, horizon from demo_tenant) as tenants using (tenant_id)
inner join (select id as project_id, created_at from project) as projects using (project_id)
cross join generate_series(1, 2) as version
cross join lateral (
    select created_at + make_interval(days => version, hours => 11) as filed_at
) as moments
where filed_at < horizon
order by 1;

-- What comes again: the cases are counted each Monday, the windows done each Friday, the books
-- closed each month.
create temp table demo_rule on commit preserve rows as
select
    tenant_id * 1000 + nth as rule_id, tenant_id, nth, tenant_id * 1000 + 901 as project_id,
    timezone, as_of, horizon, opened_at, rule.frequency, weekday, month_day, days,
    case language when 'vi' then vi when 'fr' then fr else en end as title,
    tenant_id * 1000 + case nth when 1 then 11 when 2 then 12 else 2 end as user_id,
    case frequency
        when 'weekly' then as_of - cast(extract(isodow from as_of) as integer) + weekday
            + case when extract(isodow from as_of) > weekday then 7 else 0 end
        else cast(date_trunc('month', as_of) + interval '1 month' as date) + 2
    end as next_on
from demo_tenant
cross join (
    values
    (1, 'weekly', 1, null, 1, 'Đếm tủ trưng bày', 'Count the cases', 'Compter les vitrines'),
    (2, 'weekly', 5, null, 2, 'Trang trí cửa kính', 'Do the windows', 'Refaire les vitrines'),
    (3, 'monthly', null, 3, 5, 'Khóa sổ tháng', 'Close the month', 'Clôturer le mois')
) as rule (nth, frequency, weekday, month_day, days, vi, en, fr);

insert into recurring_task (
    id, tenant_id, project_id, title, frequency, day_of_week, day_of_month, due_after_days,
    is_active, starts_on, next_on, created_at, updated_at
)
select
    rule_id, tenant_id, project_id, title, frequency, weekday, month_day, days, true,
    greatest(as_of - 364, cast(opened_at as date)), next_on, opened_at, opened_at
from demo_rule
order by rule_id;

insert into recurring_task_assignee (tenant_id, recurring_task_id, user_id, created_at, updated_at)
select tenant_id, rule_id, user_id, opened_at, opened_at
from demo_rule
order by rule_id;
