-- What the 30 days up to the day of the data are compared with, a year before: the same dates, and of the last
-- of them what its clocks did not show later than those of the shop show at the moment of the data. From the
-- operational tables; goods, counted and refund are those of 00_sales.sql.
with

clock as (
    select tenant_id, tz, (current_setting('oracle.as_of')::timestamptz at time zone tz)::timestamp(0) as now_there
    from (select id as tenant_id, timezone as tz from sys_tenants) as tenant
),

happened (tenant_id, metric, at, value) as (
    select tenant_id, 'orders', ordered_at, 1 from counted
    union all
    select g.tenant_id, 'units', c.ordered_at, g.quantity
    from goods g join counted c on c.tenant_id = g.tenant_id and c.id = g.order_id
    union all
    select g.tenant_id, 'demand_sales', c.ordered_at,
        round(g.quantity * g.unit_price * g.rate, g.places) - round(g.discount_amount * g.rate, g.places)
        - round(g.share * g.rate, g.places)
    from goods g join counted c on c.tenant_id = g.tenant_id and c.id = g.order_id
    union all
    select tenant_id, 'taxes', ordered_at, round(tax_amount * exchange_rate, places) from counted
    union all
    select r.tenant_id, 'taxes', case when c.is_cohort then c.ordered_at else r.refunded_at end,
        -round(r.tax_amount * r.rate, r.places)
    from refund r join counted c on c.tenant_id = r.tenant_id and c.id = r.order_id
    union all
    select l.tenant_id, 'leads_assigned', coalesce((
        select min(s.assigned_at) from lead_sales s
        where s.tenant_id = l.tenant_id and s.lead_id = l.id and s.user_id = l.assigned_user_id
    ), l.created_at), 1
    from crm_leads l where l.deleted_at is null and l.assigned_user_id is not null
    union all
    select r.tenant_id, 'redemption_attempts', coalesce(r.redeemed_at, o.ordered_at, r.created_at), 1
    from mkt_promotion_redemptions r left join orders o on o.tenant_id = r.tenant_id and o.id = r.order_id
),

placed as (
    select h.tenant_id, h.metric, h.value, (h.at at time zone c.tz)::timestamp as there,
        (c.now_there - interval '1 year')::date as last_day, c.now_there::time as until
    from happened h join clock c using (tenant_id)
)

select tenant_id, metric, sum(value) as whole,
    coalesce(sum(value) filter (where there::date < last_day or date_trunc('second', there)::time <= until), 0) as cut
from placed
where there::date between last_day - 29 and last_day
group by 1, 2
