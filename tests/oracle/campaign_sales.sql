-- What every figure of a campaign must be per attribution model, window and local day: definitions.md,
-- Campaign goals, and decision 0010. Redemptions belong to no model; theirs is ''.
with

sharing as materialized (  -- of an order: each way in which campaigns share in it
    select distinct tenant_id, id, campaigns, weights from attribution where kind = 'order'
),

shared as materialized (
    select s.*, p.kind, p.day, p.is_costed, u.campaign, u.part * pg_temp.step(p.amount, t.currency) as amount
    from sharing s
    join tenant t using (tenant_id)
    join piece p on p.tenant_id = s.tenant_id and p.order_id = s.id
    cross join lateral unnest(s.campaigns, pg_temp.parts(p.amount / pg_temp.step(p.amount, t.currency), s.weights)) as u (campaign, part)
),

money as (
    select a.model, a.days, s.*
    from attribution a
    join shared s on s.tenant_id = a.tenant_id and s.id = a.id and s.campaigns = a.campaigns
        and s.weights = a.weights
    where a.kind = 'order'
),

weighed as (
    select a.tenant_id, a.kind, a.id, a.model, a.days, v.day, u.campaign, u.weight * 1e-8 as weight
    from attribution a
    join conversion v on v.tenant_id = a.tenant_id and v.kind = a.kind and v.id = a.id
    cross join lateral unnest(a.campaigns, a.weights) as u (campaign, weight)
),

of_order as (
    select w.*,
        (
            select coalesce(sum(g.quantity), 0) from goods g where g.tenant_id = w.tenant_id and g.order_id = w.id
        ) as units,
        exists (select from first_order f where f.tenant_id = w.tenant_id and f.id = w.id) as is_new
    from weighed w where kind = 'order'
),

redemption as (
    select r.tenant_id, u.campaign, u.part * 1e-8 as weight, coalesce(
        (r.redeemed_at at time zone t.tz)::date,
        (select (o.ordered_at at time zone t.tz)::date from orders o where o.tenant_id = r.tenant_id and o.id = r.order_id),
        (r.created_at at time zone t.tz)::date
    ) as day
    from mkt_promotion_redemptions r
    join tenant t using (tenant_id)
    cross join lateral (
        select array_agg(p.campaign_id order by p.campaign_id) as campaigns,
            array_agg(1::numeric) as weights
        from mkt_promotion_campaigns p
        where p.tenant_id = r.tenant_id and p.promotion_id = r.promotion_id
        having count(*) > 0
    ) as of_promotion
    cross join lateral unnest(
        of_promotion.campaigns, pg_temp.parts(1e8, of_promotion.weights)
    ) as u (campaign, part)
    where r.status = 'accepted'
)

select tenant_id, 'demand_sales' as metric, campaign, model, days, day, sum(amount) as value
from money where kind in ('sale', 'discount') group by 1, 3, 4, 5, 6
union all
select tenant_id, 'returns', campaign, model, days, day, -sum(amount)
from money where kind = 'return' group by 1, 3, 4, 5, 6
union all
select tenant_id, 'net_sales', campaign, model, days, day, sum(amount)
from money where kind <> 'cost' group by 1, 3, 4, 5, 6
union all
select tenant_id, 'gross_margin', campaign, model, days, day, sum(amount) from money group by 1, 3, 4, 5, 6
having coalesce(sum(amount) filter (where is_costed), 0) <> 0
    or coalesce(sum(amount) filter (where kind in ('sale', 'discount')), 0) = 0
union all
select tenant_id, 'orders', campaign, model, days, day, sum(weight) from of_order group by 1, 3, 4, 5, 6
union all
select tenant_id, 'units', campaign, model, days, day, sum(weight * units) from of_order group by 1, 3, 4, 5, 6
union all
select tenant_id, 'new_customers', campaign, model, days, day, sum(weight)
from of_order where is_new group by 1, 3, 4, 5, 6
union all
select tenant_id, 'leads', campaign, model, days, day, sum(weight)
from weighed where kind = 'lead' group by 1, 3, 4, 5, 6
union all
select tenant_id, 'redemptions', campaign, '', 0, day, sum(weight) from redemption group by 1, 3, 6
