-- Fails when leads are lost or doubled on the way, when a person is not under themselves and under
-- their manager, or when an achievement is not what is credited on its days.
with

leads as (
    select tenant_id, count(*) as row_count
    from {{ ref('stg_customers__leads') }}
    where deleted_at is null
    group by tenant_id
),

leads_counted as (
    select tenant_id, count(*) as row_count
    from {{ ref('fct_leads') }}
    group by tenant_id
),

managers as (
    select tenant_id, user_id, user_id as manager_id
    from {{ ref('dim_staff') }}
    union
    select tenant_id, user_id, manager_id
    from {{ ref('dim_staff') }}
    where manager_id is not null
),

credits_per_day as (
    select tenant_id, user_id, ledger_date, sum(net_sales_amount) as net_sales_amount
    from {{ ref('fct_sales_credits') }}
    where is_credited
    group by tenant_id, user_id, ledger_date
),

achievements as (
    select
        achievements.tenant_id,
        achievements.user_id,
        achievements.achievement_type,
        achievements.net_sales_amount,
        sum(credits_per_day.net_sales_amount) as credited_net_sales_amount
    from {{ ref('rpt_staff_achievements') }} as achievements
    inner join credits_per_day
        on credits_per_day.tenant_id = achievements.tenant_id
        and credits_per_day.user_id = achievements.user_id
        and credits_per_day.ledger_date between achievements.start_date and achievements.end_date
    where achievements.achievement_type <> 'largest_order'
    group by
        achievements.tenant_id, achievements.user_id, achievements.achievement_type,
        achievements.net_sales_amount
)

select leads.tenant_id, 'leads' as fault, leads.row_count as row_id
from leads
left join leads_counted
    on leads_counted.tenant_id = leads.tenant_id
where leads_counted.row_count is distinct from leads.row_count
union all
select managers.tenant_id, 'not under their manager' as fault, managers.user_id as row_id
from managers
left join {{ ref('dim_staff_managers') }} as pairs
    on pairs.tenant_id = managers.tenant_id
    and pairs.user_id = managers.user_id
    and pairs.manager_id = managers.manager_id
where pairs.user_id is null
union all
select tenant_id, achievement_type as fault, user_id as row_id
from achievements
where net_sales_amount <> credited_net_sales_amount
