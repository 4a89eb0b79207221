-- Which campaigns an order or a lead belongs to, by what share, in every attribution model and window:
-- definitions.md, Attribution, and decision 0010. Its path first, then one path after the other.
create temporary table conversion as
select c.tenant_id, 'order' as kind, c.id, c.ordered_at as at, c.day, array(
    select distinct customer.personal_key_id
    from identity me
    join identity same on same.tenant_id = me.tenant_id and same.person = me.person
    join crm_customers customer on customer.tenant_id = same.tenant_id and customer.id = same.customer_id
    where me.tenant_id = c.tenant_id and me.customer_id = c.customer_id
) as keys
from counted c
union all
select l.tenant_id, 'lead', l.id, l.created_at, (l.created_at at time zone t.tz)::date, array(
    select l.personal_key_id
    union
    select customer.personal_key_id
    from crm_customers known
    join identity me on me.tenant_id = known.tenant_id and me.customer_id = known.id
    join identity same on same.tenant_id = me.tenant_id and same.person = me.person
    join crm_customers customer on customer.tenant_id = same.tenant_id and customer.id = same.customer_id
    where known.tenant_id = l.tenant_id and known.personal_key_id = l.personal_key_id
)
from crm_leads l join tenant t using (tenant_id)
where l.deleted_at is null;

-- Touches of the longest window: nth, as they happened, and late, which seeks the last one: of two at one
-- moment the lower id is both the first and, where the last is sought, the last.
create temporary table touch as
select v.tenant_id, v.kind, v.id, t.age, t.campaigns,
    row_number() over (path order by step, moment, source) as nth,
    row_number() over (path order by step, moment, source desc) as late
from conversion v
cross join lateral (
    select 1 as step, j.occurred_at as moment, j.id as source,
        greatest(extract(epoch from v.at - j.occurred_at), 0) as age, array[j.campaign_id] as campaigns
    from crm_personal_journey j
    where j.tenant_id = v.tenant_id and j.personal_key_id = any(v.keys) and j.campaign_id is not null
        and j.occurred_at >= v.at - interval '672 hours'
        -- a lead is often written a moment before the touch that brought it
        and j.occurred_at <= v.at + case v.kind when 'lead' then interval '5 minutes' else '0' end
    union all
    select 2, v.at, l.id, 0, array[l.campaign_id]
    from orders_meta m
    join mkt_utm_links l on l.tenant_id = m.tenant_id and l.id = m.utm_link_id and l.campaign_id is not null
    where v.kind = 'order' and m.tenant_id = v.tenant_id and m.order_id = v.id
    union all
    select 3, coalesce(r.redeemed_at, v.at), r.id, 0, of_promotion.campaigns  -- the order has a moment
    from mkt_promotion_redemptions r
    cross join lateral (
        select array_agg(p.campaign_id order by p.campaign_id) as campaigns
        from mkt_promotion_campaigns p
        where p.tenant_id = r.tenant_id and p.promotion_id = r.promotion_id
    ) as of_promotion
    where v.kind = 'order' and r.tenant_id = v.tenant_id and r.order_id = v.id and r.status = 'accepted'
        and of_promotion.campaigns is not null
) as t
window path as (partition by v.tenant_id, v.kind, v.id);

-- Hundred-millionths of 1 for every (touch, campaign) of a path, which come in the order of touches, then
-- campaigns.
create function pg_temp.weigh(model text, touches bigint[], late bigint[], ages numeric[]) returns numeric[]
language plpgsql immutable as $$
declare
    latest bigint := touches[array_position(late, (select max(l) from unnest(late) as l))];
    earliest bigint := touches[1];
    ending bigint := touches[cardinality(touches)];
    touch_count bigint := (select count(distinct touch) from unnest(touches) as touch);
    size bigint;
    common numeric := 1;
    weights numeric[] := '{}';
begin
    for size in select count(*) from unnest(touches) as touch group by touch loop
        common := lcm(common, size);
    end loop;
    for n in 1 .. cardinality(touches) loop
        size := cardinality(array_positions(touches, touches[n]));
        weights[n] := common / size * case model
            when 'last_touch' then (touches[n] = latest)::integer
            when 'first_touch' then (touches[n] = earliest)::integer
            when 'linear' then 1
            when 'position_based' then case
                when touch_count <= 2 then 1
                when touches[n] in (earliest, ending) then 2 * (touch_count - 2)
                else 1
            end
            when 'time_decay' then round(1e6 * power(2, -ages[n] / 604800))
        end;
    end loop;
    return pg_temp.parts(1e8, weights);
end $$;

create temporary table attribution as
with path as (
    select t.tenant_id, t.kind, t.id, w.days, array_agg(t.nth order by t.nth, c.campaign) as touches,
        array_agg(t.late order by t.nth, c.campaign) as late, array_agg(t.age order by t.nth, c.campaign) as ages,
        array_agg(c.campaign order by t.nth, c.campaign) as campaigns
    from touch t
    join unnest(string_to_array(current_setting('oracle.attribution_windows'), ',')::int[]) as w (days) on t.age <= w.days * 86400
    cross join lateral unnest(t.campaigns) as c (campaign)
    group by 1, 2, 3, 4
),

of_campaign as (
    select p.tenant_id, p.kind, p.id, m.model, p.days, u.campaign, sum(u.weight) as weight
    from path p
    cross join unnest(string_to_array(current_setting('oracle.attribution_models'), ',')) as m (model)
    cross join lateral unnest(
        p.campaigns, pg_temp.weigh(m.model, p.touches, p.late, p.ages)
    ) as u (campaign, weight)
    group by 1, 2, 3, 4, 5, 6
)

select tenant_id, kind, id, model, days, array_agg(campaign order by campaign) as campaigns,
    array_agg(weight order by campaign) as weights
from of_campaign group by 1, 2, 3, 4, 5;

analyze attribution, conversion;
