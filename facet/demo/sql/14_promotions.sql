-- Promotions that wait for their turn, with all that one can be bound to, and the older ones of the
-- catalogue: some have a successor among the promotions of marketing, the rest have none.

-- Nobody can redeem these yet: what they are bound to changes nothing about the orders.
create temp table demo_plan on commit preserve rows as
select
    demo_tenant.*, tenant_id * 1000 + 900 + nth as promotion_id, plan.*,
    greatest(opened_at, horizon - interval '9 days') as planned_at
from demo_tenant
cross join (
    values
    (1, 'PLAN-PIECES', 'percentage', 12, 'Chosen pieces'),
    (2, 'PLAN-CARE', 'free_item', 1, 'A cloth with each ring'),
    (3, 'PLAN-PAIR', 'bmgm', 20, 'Two bands, one for less')
) as plan (nth, plan_code, promotion_type, value, plan_name);

insert into mkt_promotions (
    id, tenant_id, code, name, promotion_type, value, starts_at, ends_at, issued_count,
    is_stackable, status, created_at, updated_at
)
select
    promotion_id, tenant_id, plan_code, plan_name, promotion_type, value,
    cast(as_of + 40 as timestamp) at time zone timezone,
    cast(as_of + 70 as timestamp) at time zone timezone, 0, false, 'draft', planned_at, planned_at
from demo_plan
order by promotion_id;

insert into mkt_promotion_products (tenant_id, promotion_id, product_id, created_at, updated_at)
select tenant_id, promotion_id, product_id, planned_at, planned_at
from demo_plan
inner join (
    select
        tenant_id, product_id, row_number() over (partition by tenant_id order by product_id) as n
    from demo_product
    where ordinal = 13
) as pieces using (tenant_id)
where nth = 1 and n <= 5
order by promotion_id, product_id;

insert into mkt_promotion_attributes (
    tenant_id, promotion_id, product_attribute_id, content, created_at, updated_at
)
select tenant_id, promotion_id, attribute_id, metals[1], planned_at, planned_at
from demo_plan
inner join (
    select tenant_id, attribute_id from demo_attribute where code = 'metal'
) as attributes using (tenant_id)
inner join demo_word using (language)
where nth = 1
order by promotion_id;

insert into mkt_promotion_free_items (
    tenant_id, promotion_id, product_id, quantity, created_at, updated_at
)
select tenant_id, promotion_id, product_id, 1, planned_at, planned_at
from demo_plan
inner join demo_gift using (tenant_id)
where nth = 2
order by promotion_id;

insert into mkt_promotion_bmgm_products (
    tenant_id, promotion_id, product_role, product_id, quantity, discount_rate, created_at,
    updated_at
)
select
    tenant_id, promotion_id, product_role, product_id, 1,
    case when product_role = 'get' then 0.2 end, planned_at, planned_at
from demo_plan
inner join (
    select
        tenant_id, product_id, row_number() over (partition by tenant_id order by product_id) as n
    from demo_product
    where ordinal = 12
) as bands using (tenant_id)
cross join unnest(array['buy', 'get']) as product_role
where nth = 3 and n <= 4
order by promotion_id, product_role, product_id;

-- The first year's promotions were entered in the catalogue, those of campaigns and some others.
insert into promotion (
    id, tenant_id, code, name, promotion_type, value, min_order_amount, product_id, category_id,
    usage_limit, used_count, status, mkt_promotion_id, starts_at, ends_at, created_at, updated_at
)
select
    promotion_id, tenant_id, demo_promotion.code, demo_promotion.name, promotion_type, value,
    min_order_amount, null, case when is_for_rings then tenant_id * 1000 + 12 end, null,
    10 + pg_temp.roll(promotion_id, 'used', 200), 'ended', promotion_id,
    cast(starts_on as timestamp) at time zone timezone,
    cast(ends_on + 1 as timestamp) at time zone timezone, demo_promotion.created_at,
    cast(ends_on + 1 as timestamp) at time zone timezone
from demo_promotion
inner join demo_tenant using (tenant_id)
where ends_on < cast(starts_at as date) + 365
    and promotion_type in ('percentage', 'fixed_amount', 'free_shipping')
union all
select
    tenant_id * 1000 + 990 + nth, tenant_id, old.code, old.name, old.promotion_type,
    case promotion_type
        when 'fixed_amount' then pg_temp.price_point(old.value * usd_rate, decimals)
        else old.value
    end,
    pg_temp.price_point(200 * usd_rate, decimals),
    case when nth = 1 then tenant_id * 1000 + 20 end,
    case when nth = 2 then tenant_id * 1000 + 31 end,
    500, 37 * nth + cast(tenant_id as integer), case when nth = 4 then 'paused' else 'ended' end,
    null, opened_at + make_interval(days => 40 * nth),
    opened_at + make_interval(days => 40 * nth + 30), opened_at,
    opened_at + make_interval(days => 40 * nth + 30)
from demo_tenant
cross join (
    values
    (1, 'OPENING', 'Opening', 'percentage', 10), (2, 'STUDS15', 'Studs', 'percentage', 15),
    (3, 'FRIENDS', 'Bring a friend', 'fixed_amount', 25),
    (4, 'POST', 'Shipped for free', 'free_shipping', 0)
) as old (nth, code, name, promotion_type, value)
order by 1;
