-- Goals of the campaigns, set from what came in so that some are met, some missed, some running.

create function pg_temp.two_digits(amount numeric) returns numeric
language sql immutable
return case
    when amount < 10 then greatest(round(amount), 1)
    else round(amount, 1 - cast(floor(log(amount)) as integer))
end;

create temp table demo_outcome on commit preserve rows as
with summed as (
    select
        campaign_id, sum(orders) as orders, sum(newcomers) as newcomers, sum(units) as units,
        sum(redemptions) as redemptions, sum(sales) as sales
    from demo_attributed
    group by campaign_id
),

typical as (
    select tenant_id, avg(sales) as sales, avg(orders) as orders
    from summed
    inner join demo_campaign using (campaign_id)
    where ends_on < as_of
    group by tenant_id
)

select
    demo_campaign.*, timezone, opened_at, horizon,
    -- a running campaign is expected to go on as it began, a coming one to be a typical one
    case
        when starts_on >= demo_campaign.as_of then 1.05
        else attainment
            * least(cast(demo_campaign.as_of - starts_on as numeric) / (ends_on - starts_on + 1), 1)
    end as divisor,
    case
        when starts_on >= demo_campaign.as_of then typical.sales
        else coalesce(summed.sales, typical.sales)
    end
        as sales,
    case
        when starts_on >= demo_campaign.as_of then typical.orders
        else coalesce(summed.orders, typical.orders)
    end
        as orders,
    -- one running campaign of each shop is to bring more orders than come in
    demo_campaign.campaign_id = min(demo_campaign.campaign_id) filter (
        where demo_campaign.as_of between starts_on and ends_on
    ) over (partition by demo_campaign.tenant_id) as is_ambitious,
    coalesce(summed.newcomers, 1) as newcomers,
    coalesce(summed.units, 1) as units,
    coalesce(summed.redemptions, 1) as redemptions
from demo_campaign
inner join demo_tenant using (tenant_id)
left join summed using (campaign_id)
left join typical using (tenant_id);

insert into mkt_campaign_goals (
    id, tenant_id, campaign_id, parent_goal_id, name, metric, target_value, manual_value, starts_on,
    ends_on, created_at, updated_at
)
select
    campaign_id * 10 + nth, tenant_id, campaign_id,
    case when nth in (4, 5) then campaign_id * 10 + 1 end,
    case language when 'vi' then goal.vi when 'fr' then goal.fr else goal.en end,
    goal.metric, pg_temp.two_digits(coalesce(target, 1)), reported,
    case when nth = 5 then ends_on - 2 else starts_on end,
    case when nth = 4 then ends_on - 3 else ends_on end,
    set_at, set_at
from demo_outcome
cross join lateral (
    select
        least(
            greatest(opened_at, cast(starts_on - 14 as timestamp) at time zone timezone),
            horizon - interval '12 hours'
        ) as set_at
) as moments
cross join lateral (
    values
    (1, 'net_sales', sales / divisor, cast(null as numeric), 'Doanh thu thuần', 'Net sales',
        'Ventes nettes'),
    (2, 'orders', orders / divisor * case when is_ambitious then 2.4 else 1.02 end, null, 'Đơn hàng', 'Orders', 'Commandes'),
    (3, case
        when promotion_type in ('percentage', 'fixed_amount') then 'redemptions'
        else 'new_customers'
    end,
        case
            when promotion_type in ('percentage', 'fixed_amount') then redemptions
            else newcomers
        end
        / divisor * 0.96, null, 'Lượt dùng và khách mới', 'Uses and newcomers',
        'Utilisations et nouveaux clients'),
    (4, 'net_sales', sales / divisor * 0.6, null, 'Trước cuối tuần', 'Before the weekend',
        'Avant le week-end'),
    (5, 'net_sales', sales / divisor * 0.4, null, 'Cuối tuần', 'The weekend', 'Le week-end'),
    (6, 'custom', 120, cast(floor(70 + 80 * pg_temp.u(campaign_id, 'guests')) as numeric),
        'Khách dự sự kiện', 'Guests at the event', 'Invités à la soirée')
) as goal (nth, metric, target, reported, vi, en, fr)
where
    (nth not in (4, 5) or occasion = 'black_friday')
    and (nth <> 6 or occasion in ('bridal', 'collection'))
order by 1;
