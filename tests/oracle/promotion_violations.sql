-- What breaks the rules of a promotion, and what looks as if it had been told twice. Runs after promotions.sql, on
-- its tables, and leaves violation and told_twice.

create temp table violation on commit drop as
with basket as (
    select i.tenant_id, i.order_id,
        round(sum(i.gross) filter (where not i.is_gift_card) * i.rate, i.decimals) as gross
    from item i group by 1, 2, i.rate, i.decimals
),
judged as (
    select r.*, p.starts_at, p.ends_at, p.usage_limit, p.per_customer_limit, p.min_order_amount,
        p.max_discount_amount, p.is_stackable, p.pages, p.names_products, o.status as order_status, o.cancelled_at,
        o.deleted_at,
        case when r.order_id is not null then coalesce(b.gross, 0) end as basket,
        (
            select count(*) from redemption e
            where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.is_use
                and (e.moment, e.redemption_id) <= (r.moment, r.redemption_id)
        ) as place,
        (
            select count(*) from redemption e
            where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.is_use
                and e.person_id = r.person_id
                and (e.moment, e.redemption_id) <= (r.moment, r.redemption_id)
        ) as place_of_person
    from use r
    join promotion_of p using (tenant_id, promotion_id)
    left join whole_order o on o.tenant_id = r.tenant_id and o.order_id = r.order_id
    left join basket b on b.tenant_id = r.tenant_id and b.order_id = r.order_id
    where r.is_accepted
),
candidate as (
    select j.tenant_id, j.redemption_id, j.names_products, f.*
    from judged j
    cross join lateral (
        select bool_or(f.is_in) as is_met,
            bool_or(f.is_named and f.is_excluded_product) as by_product,
            bool_or(f.is_named and f.is_excluded_category) as by_category
        from item i join fit f on f.tenant_id = j.tenant_id and f.promotion_id = j.promotion_id
            and f.product_id = i.product_id
        where i.tenant_id = j.tenant_id and i.order_id = j.order_id and i.takes_part
    ) as f
)
select j.tenant_id, j.redemption_id, v.violation_type, v.found, v.allowed,
    case v.violation_type
        when 'outside_window' then j.moment
        when 'on_cancelled_order' then j.cancelled_at
        when 'on_deleted_order' then j.deleted_at
    end as found_at,
    case v.violation_type when 'outside_window' then j.starts_at end as allowed_from,
    case v.violation_type when 'outside_window' then j.ends_at end as allowed_until
from judged j
left join candidate c using (tenant_id, redemption_id)
cross join lateral (values
    ('outside_window', null::numeric, null::numeric, j.moment < j.starts_at or j.moment >= j.ends_at),
    ('above_usage_limit', j.place, j.usage_limit, j.is_use and j.place > j.usage_limit),
    ('above_person_limit', j.place_of_person, j.per_customer_limit,
        j.is_use and j.person_id is not null and j.place_of_person > j.per_customer_limit),
    ('excluded_product', null, null, not c.is_met and c.by_product),
    ('excluded_category', null, null, not c.is_met and not c.by_product and c.by_category),
    ('not_its_product', null, null,
        not c.is_met and not c.by_product and not c.by_category and c.names_products),
    ('not_its_category', null, null,
        not c.is_met and not c.by_product and not c.by_category and not c.names_products),
    ('not_its_channel', null, null, not j.page_id = any(j.pages)),
    ('below_minimum', j.basket, j.min_order_amount, j.basket < j.min_order_amount),
    ('above_max_discount', j.discount, j.max_discount_amount, j.discount > j.max_discount_amount),
    ('stacked_not_stackable', null, null, not j.is_stackable and exists (
        select from judged e where e.tenant_id = j.tenant_id and e.order_id = j.order_id
            and e.promotion_id <> j.promotion_id
    )),
    ('on_cancelled_order', null, null, j.order_status = 'cancelled'),
    ('on_deleted_order', null, null, j.deleted_at is not null),
    ('staff_is_customer', null, null, exists (
        select from person p
        join crm_personal_keys k on k.tenant_id = p.tenant_id and k.id = p.personal_key_id
        join sys_users u on u.tenant_id = k.tenant_id and lower(trim(u.email)) = lower(trim(k.email))
        where p.tenant_id = j.tenant_id and p.person_id = j.person_id and trim(k.email) <> ''
            and (
                u.id = j.attempted_by
                or u.id = any(pg_temp.split_by(j.tenant_id, j.order_id))
                or u.id = (
                    select m.sales_user_id from order_meta_crm m
                    where m.tenant_id = j.tenant_id and m.order_id = j.order_id
                        and pg_temp.split_by(j.tenant_id, j.order_id) is null
                )
            )
    ))
) as v (violation_type, found, allowed, is_broken)
where v.is_broken;


-- What looks as if it had been told twice ---------------------------------------------------------------

create temp table told_twice on commit drop as
select r.tenant_id, 'mkt_promotion_redemptions' as source_table, r.redemption_id as source_id,
    'promotion_redeemed_twice' as cause, r.moment
from redemption r
where r.is_use and exists (
    select from redemption e
    where e.tenant_id = r.tenant_id and e.promotion_id = r.promotion_id and e.order_id = r.order_id and e.is_use
        and (e.moment, e.redemption_id) < (r.moment, r.redemption_id)
)
union all
select o.tenant_id, 'orders', o.order_id, 'redeemed_above_discounts', o.ordered_at
from whole_order o
where (
    select sum(m.discount_amount) from redemption r
    join mkt_promotion_redemptions m on m.tenant_id = r.tenant_id and m.id = r.redemption_id
    join promotion_of p on p.tenant_id = r.tenant_id and p.promotion_id = r.promotion_id
    where r.tenant_id = o.tenant_id and r.order_id = o.order_id and r.is_use
        and p.promotion_type <> 'free_shipping'
) > o.discount_amount + (
    select coalesce(sum(i.own_discount), 0) from item i
    where i.tenant_id = o.tenant_id and i.order_id = o.order_id
);
