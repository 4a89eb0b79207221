-- What redemptions must come to, in the words of definitions.md and of docs/decisions/0011. Shares no code with
-- the models. The moment of the data stands in the setting oracle.as_of. What it finds is left in temporary
-- tables, which are gone with the transaction: per_day, per_shop_day, portion. Runs after promotion_orders.sql.

create temp table promotion_of on commit drop as
select p.*, p.id as promotion_id, s.today, (p.starts_at at time zone s.tz)::date as first_day,
    ((p.ends_at - interval '1 microsecond') at time zone s.tz)::date as last_day,
    coalesce(p.ends_at <= current_setting('oracle.as_of')::timestamptz, false) or p.deleted_at is not null
    or p.status in ('ended', 'expired', 'archived', 'cancelled') as is_over,
    exists (select from mkt_promotion_products x where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id))
        as names_products,
    exists (select from mkt_promotion_categories x where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id))
        as names_categories,
    (select array_agg(x.page_id) from mkt_promotion_channels x
    where (x.tenant_id, x.promotion_id) = (p.tenant_id, p.id)) as pages
from mkt_promotions p join shop s using (tenant_id);

create temp table fit on commit drop as
with product_of as materialized (
    select i.tenant_id, i.product_id, array(
        select unnest(pg_temp.climb(c.tenant_id, c.category_id)) from product_category c
        where c.tenant_id = i.tenant_id and c.product_id = i.product_id
    ) as categories
    from (select distinct tenant_id, product_id from item) as i
)
select p.tenant_id, p.promotion_id, i.product_id,
    not p.names_products and not p.names_categories
    or exists (
        select from mkt_promotion_products x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.product_id = i.product_id
    )
    or exists (
        select from mkt_promotion_categories x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    ) as is_named,
    exists (
        select from mkt_promotion_exclusions x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.product_id = i.product_id
    ) as is_excluded_product,
    exists (
        select from mkt_promotion_exclusions x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    ) as is_excluded_category,
    exists (
        select from mkt_promotion_categories x
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and x.category_id = any(i.categories)
    )
    or exists (
        select from mkt_promotion_products x
        join product_category c on c.tenant_id = x.tenant_id and c.product_id = x.product_id
        where x.tenant_id = p.tenant_id and x.promotion_id = p.promotion_id and c.category_id = any(i.categories)
    ) as is_kin
from promotion_of p join product_of i using (tenant_id);
alter table fit add primary key (tenant_id, promotion_id, product_id);
alter table fit add column is_in boolean
    generated always as (is_named and not is_excluded_product and not is_excluded_category) stored;

create temp table redemption on commit drop as
select r.tenant_id, r.id as redemption_id, r.promotion_id, r.order_id, r.attempted_by, r.rejection_reason,
    r.status, r.status = 'accepted' as is_accepted,
    round(coalesce(r.discount_amount, 0) * coalesce(o.rate, 1), s.decimals) as discount, s.currency_code,
    coalesce(o.is_counted, false) as is_counted,
    coalesce(r.page_id, o.page_id) as page_id, coalesce(r.redeemed_at, o.ordered_at, r.created_at) as moment,
    (coalesce(r.redeemed_at, o.ordered_at, r.created_at) at time zone s.tz)::date as day,
    (select p.person_id from person p
    where p.tenant_id = r.tenant_id and p.customer_id = coalesce(r.customer_id, o.customer_id)) as person_id,
    r.status = 'accepted' and t.order_id is not null and not t.is_all_back as is_net,
    -- what limits are held against
    r.status = 'accepted' and o.status is distinct from 'cancelled' and o.deleted_at is null as is_use
from mkt_promotion_redemptions r
join shop s using (tenant_id)
left join whole_order o on o.tenant_id = r.tenant_id and o.order_id = r.order_id
left join order_total t on t.tenant_id = r.tenant_id and t.order_id = r.order_id;

create temp table portion on commit drop as
with in_scope as (
    select r.tenant_id, r.redemption_id, r.discount, r.currency_code,
        array_agg(s.line_id order by s.line_id) as lines, array_agg(s.gross order by s.line_id) as weights
    from redemption r
    join sold s on s.tenant_id = r.tenant_id and s.order_id = r.order_id and s.takes_part
    join fit f on f.tenant_id = r.tenant_id and f.promotion_id = r.promotion_id and f.product_id = s.product_id
    where f.is_in
    group by 1, 2, 3, 4
)
select n.tenant_id, n.redemption_id, split.line_id, split.part as amount
from in_scope n, unnest(n.lines, pg_temp.parts(n.discount, n.weights, n.currency_code)) as split (line_id, part)
union all
select r.tenant_id, r.redemption_id, null, r.discount from redemption r
where not exists (
    select from in_scope n where n.tenant_id = r.tenant_id and n.redemption_id = r.redemption_id
);

create temp table gift on commit drop as
select s.tenant_id, s.line_id, s.cost, (
    select min(r.redemption_id) from redemption r
    join mkt_promotion_free_items g on g.tenant_id = r.tenant_id and g.promotion_id = r.promotion_id
    where r.tenant_id = s.tenant_id and r.order_id = s.order_id and r.is_accepted and g.product_id = s.product_id
) as redemption_id
from sold s where s.is_free_item;

create temp table use on commit drop as
select r.*, case when r.is_net then (
    select coalesce(sum(g.cost), 0) from gift g
    where g.tenant_id = r.tenant_id and g.redemption_id = r.redemption_id
) else 0 end as free_cost, r.is_net and not exists (
    select from redemption e
    where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.order_id = r.order_id and e.is_net
        and (e.moment, e.redemption_id) < (r.moment, r.redemption_id)
) as is_first
from redemption r;

create temp table per_day on commit drop as
select r.tenant_id, r.promotion_id, figure.metric, figure.detail, r.day, case
        -- where no cost is known of anything that was sold, there is no margin
        when figure.metric <> 'margin_after_promotion' or sum(t.costed) <> 0 or sum(t.demand) = 0
        then sum(figure.value) end as value
from use r
left join order_total t on t.tenant_id = r.tenant_id and t.order_id = r.order_id
cross join lateral (values
    ('redemption_attempts', null, 1, true),
    ('rejected_attempts', r.rejection_reason, 1, r.status = 'rejected'),
    ('redemptions', null, 1, r.is_accepted),
    ('uses', null, 1, r.is_use),
    ('net_redemptions', null, 1, r.is_net),
    ('discount_cost', null, r.discount + r.free_cost, r.is_net),
    ('promoted_sales', null, t.demand, r.is_first),
    ('margin_after_promotion', null, t.margin, r.is_first)
) as figure (metric, detail, value, counts)
where figure.counts
group by 1, 2, 3, 4, 5;

-- Orders count once in the shop, on their own day.
create temp table per_shop_day on commit drop as
select t.tenant_id, t.day, count(*) as promoted_orders, sum(t.demand) as promoted_sales,
    case when sum(t.costed) <> 0 or sum(t.demand) = 0 then sum(t.margin) end as margin_after_promotion, count(*) filter (where n.promotions > 1) as stacked_orders
from order_total t
join (
    select r.tenant_id, r.order_id, count(distinct r.promotion_id) as promotions from redemption r
    where r.is_accepted group by 1, 2 having bool_or(r.is_net)
) as n using (tenant_id, order_id)
group by 1, 2;
