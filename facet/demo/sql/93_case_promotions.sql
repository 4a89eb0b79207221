-- Promotions made to be broken, and each way of breaking one.

insert into mkt_promotions (
    id, tenant_id, code, name, promotion_type, value, max_discount_amount, min_order_amount,
    starts_at,
    ends_at, usage_limit, per_customer_limit, issued_count, budget_amount, is_stackable, status,
    created_at, updated_at
)
select
    plus + nth, tenant_id, 'CASE-' || lpad(cast(nth as text), 2, '0'), name, promotion_type,
    value, most, least,
    case nth
        when 1 then pg_temp.at(as_of, 150, '00:00', timezone)
        when 28 then pg_temp.at(as_of, 21, '00:00', timezone)
        else opened_at
    end,
    case nth
        when 1 then pg_temp.at(as_of, 100, '00:00', timezone)
        when 28 then pg_temp.at(as_of, 19, '00:00', timezone)
    end,
    usage_limit, per_customer_limit, 0, case when nth = 27 then 15 end, is_stackable, case
        when nth in (1, 28) then 'expired'
        else 'paused'  -- pages open on what runs: on the shop, not on its cases
    end,
    opened_at, opened_at
from demo_case_house
cross join (
    values
    (1, 'Fifty days only', 'percentage', 10, null, null, null, null, false),
    (2, 'Ten off', 'fixed_amount', 10, null, null, null, null, true),
    (3, 'Five off', 'fixed_amount', 5, null, null, null, null, true),
    (4, 'For the first two', 'fixed_amount', 10, null, null, 2, null, false),
    (5, 'Once for each person', 'fixed_amount', 10, null, null, null, 1, false),
    (6, 'No pendant, no studs', 'percentage', 10, null, null, null, null, false),
    (7, 'Plain bands alone', 'percentage', 10, null, null, null, null, false),
    (8, 'Pendants alone', 'percentage', 10, null, null, null, null, false),
    (9, 'On the website alone', 'percentage', 10, null, null, null, null, false),
    (10, 'From 150', 'percentage', 10, null, 150, null, null, false),
    (11, 'Half off, 20 at most', 'percentage', 50, 20, null, null, null, false),
    (12, 'Seven off, alone', 'fixed_amount', 7, null, null, null, null, false),
    (13, 'A cloth for free', 'free_item', 1, null, null, null, null, false),
    (14, 'Shipped for free', 'free_shipping', 0, null, null, null, null, false),
    (15, 'Two for less', 'bmgm', 15, null, null, null, null, false),
    (26, 'For nobody', 'fixed_amount', 10, null, null, 0, null, false),
    (27, 'Until 15 are spent', 'fixed_amount', 10, null, null, null, null, false),
    (28, 'Two days for a new bangle', 'fixed_amount', 10, null, null, null, null, false)
    union all
    select 15 + place, 'One off, no. ' || place, 'fixed_amount', 1, null, null, null, null, true
    from generate_series(1, 10) as place
) as listed (nth, name, promotion_type, value, most, least, usage_limit, per_customer_limit,
is_stackable)
order by 1;

insert into mkt_promotion_exclusions (
    id, tenant_id, promotion_id, product_id, category_id, created_at, updated_at
)
select plus + 1, tenant_id, plus + 6, plus + 2, null, opened_at, opened_at
from demo_case_house
union all
select plus + 2, tenant_id, plus + 6, null, tenant_id * 1000 + 31, opened_at, opened_at
from demo_case_house
order by 1;

insert into mkt_promotion_products (tenant_id, promotion_id, product_id, created_at, updated_at)
select tenant_id, plus + 7, plus + 1, opened_at, opened_at
from demo_case_house
union all
select tenant_id, plus + 28, plus + 7, opened_at, opened_at
from demo_case_house
order by 2;

insert into mkt_promotion_categories (tenant_id, promotion_id, category_id, created_at, updated_at)
select tenant_id, plus + 8, tenant_id * 1000 + 21, opened_at, opened_at
from demo_case_house
order by 2;

insert into mkt_promotion_channels (tenant_id, promotion_id, page_id, created_at, updated_at)
select tenant_id, plus + 9, tenant_id * 1000 + 1, opened_at, opened_at
from demo_case_house
order by 2;

insert into mkt_promotion_free_items (
    tenant_id, promotion_id, product_id, quantity, created_at, updated_at
)
select tenant_id, plus + 13, plus + 5, 1, opened_at, opened_at
from demo_case_house
order by 2;

-- A redemption has its order's id, the second of an order 100 more; the ten of order 72 are 401 to 410.
insert into mkt_promotion_redemptions (
    id, tenant_id, promotion_id, order_id, customer_id, page_id, attempted_by, status,
    rejection_reason,
    discount_amount, redeemed_at, rolled_back_at, created_at, updated_at
)
select
    case when nth = 72 then plus + 400 + place else demo_case_order.order_id + 100 * (place - 1) end,
    demo_case_order.tenant_id, plus + promotion,
    demo_case_order.order_id, customer_id, page_id, sales_user_id, outcome,
    case when outcome = 'rejected' then 'below_minimum' end, amount, ordered_at,
    case when outcome = 'rolled_back' then ordered_at + interval '1 day' end, ordered_at,
    case when outcome = 'rolled_back' then ordered_at + interval '1 day' else ordered_at end
from demo_case_order
inner join (
    values
    (49, 1, 2, 'accepted', 10), (49, 2, 3, 'accepted', 5),
    (50, 1, 1, 'accepted', 10),
    (51, 1, 1, 'accepted', 10),
    (52, 1, 4, 'accepted', 10), (53, 1, 4, 'accepted', 10), (54, 1, 4, 'accepted', 10),
    (55, 1, 5, 'accepted', 10), (56, 1, 5, 'accepted', 10),
    (57, 1, 6, 'accepted', 5),
    (58, 1, 6, 'accepted', 3),
    (59, 1, 7, 'accepted', 5),
    (60, 1, 8, 'accepted', 10),
    (61, 1, 9, 'accepted', 10),
    (62, 1, 10, 'accepted', 10),
    (63, 1, 11, 'accepted', 50),
    (64, 1, 12, 'accepted', 7), (64, 2, 3, 'accepted', 5),
    (65, 1, 2, 'accepted', 10),
    (66, 1, 2, 'accepted', 10),
    (67, 1, 2, 'accepted', 10),
    (68, 1, 13, 'accepted', 0), (68, 2, 10, 'rejected', 0),
    (69, 1, 2, 'rolled_back', 10),
    (70, 1, 14, 'accepted', 9),
    (71, 1, 15, 'accepted', 30),
    (73, 1, 26, 'accepted', 10),
    (74, 1, 27, 'accepted', 10), (75, 1, 27, 'accepted', 10),
    (77, 1, 28, 'accepted', 10)
    union all
    select 72, place, 15 + place, 'accepted', 1 from generate_series(1, 10) as place
) as listed (nth, place, promotion, outcome, amount) using (nth)
inner join order_meta_crm on order_meta_crm.order_id = demo_case_order.order_id
order by 1;
