-- Campaigns on which each rule of attribution and of goals can be told by hand. Nothing else belongs to
-- them, and whoever buys here buys nothing else.

insert into mkt_campaigns (
    id, tenant_id, code, name, status, starts_on, ends_on, budget_amount, spent_amount,
    created_at, updated_at
)
select
    plus + nth, tenant_id, 'CASE-' || letter, 'Case ' || letter, state,
    as_of - first_day, as_of + last_day, budget, spent, opened_at, opened_at
from demo_case_house
cross join (
    values
    (1, 'A', 'completed', 100, -30, null, null),
    (2, 'B', 'completed', 100, -30, null, null),
    (3, 'C', 'completed', 100, -30, null, null),
    (4, 'D', 'active', 30, 30, 100, 120),
    (5, 'E', 'draft', null, null, null, null)
) as campaign (nth, letter, state, first_day, last_day, budget, spent)
order by 1;

insert into mkt_campaign_activities (
    id, tenant_id, campaign_id, name, activity_type, status, spent_amount, starts_on, due_on,
    created_at, updated_at, deleted_at
)
select
    plus + nth, tenant_id, plus + 1, 'Case activity ' || nth, 'event', 'in_progress', spent,
    as_of - 100, as_of - due, opened_at, opened_at,
    case when nth = 3 then opened_at end
from demo_case_house
cross join (values (1, 20, 1), (2, 10, 0), (3, 99, 1)) as activity (nth, spent, due)
order by 1;

insert into mkt_affiliates (
    id, tenant_id, code, name, commission_rate, created_at, updated_at
)
select plus + 1, tenant_id, 'CASE', 'Ida Thirds', 0.033333, opened_at, opened_at
from demo_case_house
order by 1;

-- A link has the number of its campaign.
insert into mkt_utm_links (
    id, tenant_id, campaign_id, affiliate_id, utm_source, utm_medium, click_count, created_at,
    updated_at
)
select
    plus + nth, tenant_id, plus + nth, case when nth = 4 then plus + 1 end, 'case', 'cpc', 12,
    opened_at, opened_at
from demo_case_house
cross join (values (2), (4)) as link (nth)
order by 1;

insert into mkt_promotions (
    id, tenant_id, code, name, promotion_type, value, starts_at, issued_count, is_stackable,
    status, created_at, updated_at
)
select
    plus + nth, tenant_id, 'CASE-' || nth, name, 'fixed_amount', amount, opened_at, 0, false,
    'active', opened_at, opened_at
from demo_case_house
cross join (
    values (41, 'Ten off of campaign C', 10), (42, 'Nearly ten off of two campaigns', 9.99)
) as promotion (nth, name, amount)
order by 1;

insert into mkt_promotion_campaigns (tenant_id, promotion_id, campaign_id, created_at, updated_at)
select tenant_id, plus + promotion, plus + campaign, opened_at, opened_at
from demo_case_house
cross join (values (41, 3), (42, 1), (42, 2)) as linked (promotion, campaign)
order by 2, 3;

insert into crm_personal_keys (id, tenant_id, full_name, created_at, updated_at)
select plus + nth, tenant_id, 'Toucher ' || nth, opened_at, opened_at
from demo_case_house
cross join generate_series(40, 49) as nth
order by 1;

insert into crm_customers (
    id, tenant_id, personal_key_id, customer_code, customer_type, first_seen_at, created_at,
    updated_at
)
select
    plus + nth, tenant_id, plus + nth, code || '-CASE-' || nth, 'individual', opened_at, opened_at,
    opened_at
from demo_case_house
cross join generate_series(40, 49) as nth
order by 1;

insert into crm_customer_merge_logs (
    id, tenant_id, from_customer_id, into_customer_id, merged_by, reason, created_at
)
select
    plus + nth, tenant_id, plus + from_nth, plus + into_nth, tenant_id * 1000 + 2, 'Same person',
    pg_temp.at(as_of, 10, '12:00', timezone)
from demo_case_house
cross join (values (41, 47, 48), (42, 48, 49)) as merge (nth, from_nth, into_nth)
order by 1;

create temp table demo_case_attributed on commit preserve rows as
select
    plus + nth as order_id, house.*, nth, plus + customer as customer_id, plus + link as link_id,
    plus + promotion as promotion_id, discount,
    pg_temp.at(as_of, days, '12:00', timezone) as ordered_at
from demo_case_house as house
cross join (
    values
    -- id, customer, days ago, link, promotion, discount
    (401, 41, 60, null, null, 0),
    (402, 42, 59, null, null, 0),
    (403, 43, 58, null, null, 0),
    (404, 44, 57, 2, 41, 10),
    (405, 45, 56, 2, null, 0),
    (406, 46, 55, null, null, 0),
    (407, 49, 54, null, null, 0),
    (408, null, 53, null, 42, 9.99),
    (409, 40, 52, null, null, 0),
    (411, null, 10, 4, null, 0),
    (412, null, 9, 4, null, 0),
    (413, null, 2, 4, null, 0)
    union all
    -- one a day, a year ago: what a goal by last year goes by
    select nth, null, 799 - nth, null, null, 0 from generate_series(421, 446) as nth
) as listed (nth, customer, days, link, promotion, discount);

insert into orders (
    id, tenant_id, order_number, customer_id, status, ordered_at, currency_code, exchange_rate,
    discount_amount, created_at, updated_at
)
select
    order_id, tenant_id, code || '-CASE-' || order_id, customer_id, 'completed', ordered_at,
    currency_code, 1, discount, ordered_at, ordered_at
from demo_case_attributed
order by 1;

insert into order_meta_crm (id, tenant_id, order_id, page_id, created_at, updated_at)
select order_id, tenant_id, order_id, tenant_id * 1000 + 1, ordered_at, ordered_at
from demo_case_attributed
order by 1;

insert into orders_meta (id, tenant_id, order_id, utm_link_id, created_at, updated_at)
select order_id, tenant_id, order_id, link_id, ordered_at, ordered_at
from demo_case_attributed
where link_id is not null
order by 1;

insert into order_items (
    id, tenant_id, order_id, product_id, quantity, unit_price, unit_cost, created_at, updated_at
)
select order_id, tenant_id, order_id, plus + 1, 1, 100, 40, ordered_at, ordered_at
from demo_case_attributed
order by 1;

insert into order_payments (
    id, tenant_id, order_id, method, status, amount, paid_at, created_at, updated_at
)
select
    order_id, tenant_id, order_id, 'card', 'succeeded', 100 - discount, ordered_at, ordered_at,
    ordered_at
from demo_case_attributed
order by 1;

-- A redemption is numbered 20 below its order.
insert into mkt_promotion_redemptions (
    id, tenant_id, promotion_id, order_id, customer_id, page_id, status, discount_amount,
    redeemed_at, created_at, updated_at
)
select
    order_id - 20, tenant_id, promotion_id, order_id, customer_id, tenant_id * 1000 + 1, 'accepted',
    discount, ordered_at, ordered_at, ordered_at
from demo_case_attributed
where promotion_id is not null
order by 1;

-- Seconds before the order. Hours, not days: no clock that is changed makes a window longer.
insert into crm_personal_journey (
    id, tenant_id, personal_key_id, touchpoint, campaign_id, occurred_at, created_at, updated_at
)
select
    plus + touch.nth, tenant_id, plus + touch.person, 'ad_click', plus + touch.campaign,
    ordered_at - make_interval(secs => seconds), ordered_at, ordered_at
from demo_case_attributed
inner join (
    values
    (1, 401, 41, 1, 21 * 86400), (2, 401, 41, 2, 14 * 86400), (3, 401, 41, 3, 7 * 86400),
        (4, 401, 41, 2, 0),
    (5, 402, 42, 1, 28 * 86400),
    (6, 403, 43, 1, 28 * 86400 + 1),
    (7, 404, 44, 1, 3600),
    (8, 405, 45, 1, 3600),
    (9, 406, 46, 1, 3600),
    (10, 407, 47, 1, 3600),
    (11, 409, 40, 3, 3600), (12, 409, 40, 2, 3600)
) as touch (nth, order_nth, person, campaign, seconds) on touch.order_nth = demo_case_attributed.nth
order by 1;

-- Days from the as-of date. The twelfth was changed by hand, once, before anybody looked.
insert into mkt_campaign_goals (
    id, tenant_id, campaign_id, parent_goal_id, name, metric, target_value, starts_on, ends_on,
    created_at, updated_at
)
select
    plus + nth, tenant_id, plus + campaign, plus + parent, name, metric, target,
    as_of + first_day, as_of + last_day,
    case when nth = 12 then pg_temp.at(as_of, 30, '12:00', timezone) else opened_at end,
    case when nth = 12 then pg_temp.at(as_of, 5, '12:00', timezone) else opened_at end
from demo_case_house
cross join (
    values
    (1, 4, null, 'Achieved to the cent', 'net_sales', 300, -10, -1),
    (2, 4, null, 'Missed by one', 'orders', 4, -10, -1),
    (3, 4, null, 'Not begun', 'orders', 10, 5, 14),
    (4, 4, null, 'Nothing to be reached', 'orders', 0, -10, -1),
    (5, 4, null, 'As last year went', 'net_sales', 1000, -10, 9),
    (6, 5, null, 'Without days', 'orders', 1, null, null),
    (7, 4, null, 'The whole', 'orders', 9, -10, -1),
    (8, 4, 7, 'Its first half', 'orders', 2, -10, -6),
    (9, 4, 7, 'Its second half', 'orders', 7, -5, -1),
    (10, 4, 7, 'Of another kind', 'units', 3, -10, -1),
    (11, 4, null, 'Longer than there was a last year', 'net_sales', 100, -2999, 0),
    (12, 4, null, 'Changed once', 'orders', 6, -10, 9),
    (13, 4, null, 'Begun today', 'net_sales', 100, 0, 1)
) as goal (nth, campaign, parent, name, metric, target, first_day, last_day)
order by 1;
