-- What the change of net sales from November 2025 to November 2026, both up to the 21st, is made of, per
-- tenant: of each product what its units and its prices come to (docs/decisions/0038), its discounts and
-- returns, and the change of each channel, category, buyer, person and promotion. Runs after 00_sales.sql and
-- 01_parts.sql.
with recursive

branch (tenant_id, category_id, top_id, parent_id) as (
    select tenant_id, id, id, parent_id from category
    union all
    select b.tenant_id, b.category_id, c.id, c.parent_id
    from branch b join category c on c.tenant_id = b.tenant_id and c.id = b.parent_id
),

said (tenant_id, order_id, line_id, day, kind, amount, units) as (
    select tenant_id, order_id, id, day, 'gross', round(quantity * unit_price * rate, places), quantity from goods
    union all
    select tenant_id, order_id, line_id, day, 'gross', amount, 0 from resold where not is_gift_card
    union all
    select tenant_id, order_id, id, day, 'discounts',
        -round(discount_amount * rate, places) - round(share * rate, places), 0
    from goods
    union all
    select tenant_id, order_id, line_id, day, 'returns', -amount, 0 from returned
),

told as (
    select s.*, s.day >= date '2026-11-01' as is_now, i.product_id, t.places
    from said s
    join tenant t using (tenant_id)
    left join order_items i on i.tenant_id = s.tenant_id and i.id = s.line_id
    where s.day between date '2026-11-01' and date '2026-11-21'
        or s.day between date '2025-11-01' and date '2025-11-21'
),

product as (
    select tenant_id, product_id, places,
        coalesce(sum(amount) filter (where kind = 'gross' and is_now), 0) as gross_now,
        coalesce(sum(amount) filter (where kind = 'gross' and not is_now), 0) as gross_before,
        coalesce(sum(units) filter (where is_now), 0) as units_now,
        coalesce(sum(units) filter (where not is_now), 0) as units_before,
        sum(case when is_now then amount else -amount end) filter (where kind = 'discounts') as discounts,
        sum(case when is_now then amount else -amount end) filter (where kind = 'returns') as returns
    from told
    group by 1, 2, 3
),

by_units as (
    select *, case when units_now = 0 or units_before = 0 then gross_now - gross_before
        else sign((units_now - units_before)::numeric) * power(0.1::numeric, places::numeric)  -- half away from zero, exact where `/` is not
            * div(2 * abs(units_now - units_before) * gross_before * power(10::numeric, places::numeric) + units_before,
                2 * units_before)
        end as quantity
    from product
),

given_back as (  -- orders of which all went back, in the money that they were paid in
    select tenant_id, order_id from (
        select tenant_id, order_id, after_line_discount - share as demand, 0 as back from goods
        union all
        select tenant_id, order_id, there, 0 from resold where not is_gift_card
        union all
        select tenant_id, order_id, 0, there from returned
    ) as amounts
    group by 1, 2
    having sum(back) > 0 and sum(back) >= sum(demand)
),

order_of as (  -- who bought, and what promoted it
    select c.tenant_id, c.id as order_id, m.page_id,
        case when c.customer_id is null then 'guest' when f.id = c.id then 'new' else 'repeat' end as buyer,
        (
            select case when count(distinct r.promotion_id) > 1 then 'several' else min(r.promotion_id)::text end
            from mkt_promotion_redemptions r
            where r.tenant_id = c.tenant_id and r.order_id = c.id and r.status = 'accepted'
                and not exists (select from given_back g where g.tenant_id = c.tenant_id and g.order_id = c.id)
        ) as promotion
    from counted c
    left join order_meta_crm m on m.tenant_id = c.tenant_id and m.order_id = c.id
    left join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    left join first_order f on f.tenant_id = i.tenant_id and f.person = i.person
),

credit as (
    select c.tenant_id, c.id as order_id, coalesce(said.users, array[(
            select m.sales_user_id from order_meta_crm m
            where m.tenant_id = c.tenant_id and m.order_id = c.id
        )]) as users,
        coalesce(said.weights, array[1]) as weights
    from counted c
    left join lateral (
        select array_agg(s.user_id order by s.id) as users,
            array_agg(1e6 * s.contribution_rate order by s.id) as weights
        from credit_row s
        where s.tenant_id = c.tenant_id and s.order_id = c.id and s.part = 'split'
    ) as said on true
),

person as (
    select p.tenant_id, u.person, sum(case when p.day >= date '2026-11-01' then 1 else -1 end
        * u.part * pg_temp.step(p.amount, t.currency)) as change
    from piece p
    join tenant t using (tenant_id)
    join credit c using (tenant_id, order_id)
    cross join lateral unnest(
        c.users, pg_temp.parts(p.amount / pg_temp.step(p.amount, t.currency), c.weights)
    ) as u (person, part)
    where p.kind <> 'cost' and (
        p.day between date '2026-11-01' and date '2026-11-21'
        or p.day between date '2025-11-01' and date '2025-11-21'
    )
    group by 1, 2
),

placed_at as (
    select t.tenant_id, case when is_now then amount else -amount end as change, o.page_id, o.buyer, o.promotion, (
        select b.top_id from product_category pc
        join branch b on b.tenant_id = pc.tenant_id and b.category_id = pc.category_id and b.parent_id is null
        where pc.tenant_id = t.tenant_id and pc.product_id = t.product_id
        order by not pc.is_primary, pc.category_id limit 1
    ) as category_id
    from told t left join order_of o using (tenant_id, order_id)
)

select tenant_id, 'quantity', product_id::text, quantity from by_units
union all
select tenant_id, 'price', product_id::text, gross_now - gross_before - quantity from by_units
union all
select tenant_id, 'discounts', product_id::text, discounts from by_units where discounts is not null
union all
select tenant_id, 'returns', product_id::text, returns from by_units where returns is not null
union all
select tenant_id, 'channel', page_id::text, sum(change) from placed_at group by 1, 3
union all
select tenant_id, 'category', category_id::text, sum(change) from placed_at group by 1, 3
union all
select tenant_id, 'buyer', buyer, sum(change) from placed_at group by 1, 3
union all
select tenant_id, 'promotion', promotion, sum(change) from placed_at group by 1, 3
union all
select tenant_id, 'person', person::text, change from person
