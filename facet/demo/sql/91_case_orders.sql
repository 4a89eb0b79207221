-- The orders of the cases and their lines.

create temp table demo_case_order on commit preserve rows as
select
    plus + listed.id as order_id, house.*, listed.id as nth,
    plus + customer as customer_id, status, order_type, rate, discount, shipping, tax, flags,
    page, seller,
    pg_temp.at(house.as_of, days, clock, timezone) as ordered_at
from demo_case_house as house
cross join (
    values
    -- id, customer, status, type, days ago, at, rate, discount, shipping, tax, flags, page, seller
    (1, null, 'completed', 'standard', 200, '10:00', 1, 0, 0, 0, '', 1, null),
    (2, 1, 'completed', 'standard', 200, '10:01', 1, 0, 0, 0, 'test', 1, null),
    (3, 1, 'cancelled', 'standard', 200, '10:02', 1, 0, 0, 0, '', 1, null),
    (4, 1, 'completed', 'standard', 200, '10:03', 1, 0, 0, 0, 'deleted', 1, null),
    (5, 1, 'draft', 'standard', 200, '10:04', 1, 0, 0, 0, '', 1, null),
    (6, 1, 'completed', 'standard', 199, '10:00', 1, 0, 0, 0, '', 1, null),
    (7, 1, 'completed', 'standard', 199, '10:10', 1, 20, 0, 0, '', 1, null),
    (8, 1, 'completed', 'standard', 199, '10:20', 1, 5, 0, 0, '', 1, null),
    (9, 1, 'completed', 'standard', 198, '10:00', 0.5, 0, 0, 0, 'foreign', 1, null),
    (10, 1, 'completed', 'standard', 198, '10:10', 0.5, 0.01, 0, 0, 'foreign', 1, null),
    (11, 1, 'completed', 'standard', 120, '23:59:59', 1, 0, 0, 0, '', 1, null),
    (12, 1, 'completed', 'standard', 119, '00:00:00', 1, 0, 0, 0, '', 1, null),
    (13, 1, 'completed', 'standard', 119, '00:01:00', 1, 0, 0, 0, '', 1, null),
    -- 14 to 18 are on the days on which clocks change
    (14, 1, 'completed', 'standard', 0, '00:00', 1, 0, 0, 0, '', 1, null),
    (15, 1, 'completed', 'standard', 0, '00:00', 1, 0, 0, 0, '', 1, null),
    (16, 1, 'completed', 'standard', 0, '00:00', 1, 0, 0, 0, '', 1, null),
    (17, 1, 'completed', 'standard', 0, '00:00', 1, 0, 0, 0, '', 1, null),
    (18, 1, 'completed', 'standard', 0, '00:00', 1, 0, 0, 0, '', 1, null),
    (19, 1, 'completed', 'standard', 300, '11:00', 1, 0, 0, 8, '', 1, null),
    (20, 1, 'completed', 'standard', 299, '11:00', 1, 0, 0, 0, '', 1, null),
    (21, 1, 'completed', 'standard', 298, '11:00', 1, 0, 0, 0, '', 1, null),
    (22, 1, 'completed', 'standard', 297, '11:00', 1, 0, 0, 0, '', 1, null),
    (23, 1, 'completed', 'standard', 296, '11:00', 1, 0, 0, 0, '', 1, null),
    (24, 1, 'completed', 'standard', 295, '11:00', 1, 0, 0, 0, '', 1, null),
    (25, 1, 'completed', 'standard', 294, '11:00', 1, 0, 10, 8, '', 1, null),
    (26, 1, 'completed', 'standard', 293, '11:00', 1, 0, 0, 0, '', 1, null),
    (27, 1, 'completed', 'standard', 292, '11:00', 1, 0, 0, 0, '', 1, null),
    (28, 1, 'completed', 'standard', 291, '11:00', 1, 0, 0, 0, '', 1, null),
    (29, 1, 'completed', 'standard', 290, '11:00', 1, 0, 0, 0, '', 1, null),
    (30, 1, 'completed', 'standard', 180, '12:00', 1, 0, 0, 0, '', 4, 11),
    (31, 1, 'completed', 'standard', 180, '12:10', 1, 0, 0, 0, '', 4, 11),
    (32, 1, 'completed', 'standard', 180, '12:20', 1, 0, 0, 0, '', 4, 11),
    (33, 1, 'completed', 'standard', 180, '12:30', 1, 0, 0, 0, '', 4, 11),
    (34, 1, 'completed', 'standard', 180, '12:40', 1, 0, 0, 0, '', 4, null),
    (35, 1, 'completed', 'standard', 180, '12:50', 1, 0, 0, 0, '', 4, 13),
    (36, 11, 'completed', 'standard', 170, '09:00', 1, 0, 0, 0, '', 1, null),
    (37, 12, 'completed', 'standard', 160, '09:00', 1, 0, 0, 0, '', 1, null),
    (38, 13, 'completed', 'standard', 150, '09:00', 1, 0, 0, 0, '', 1, null),
    (39, 14, 'completed', 'standard', 170, '09:10', 1, 0, 0, 0, '', 1, null),
    (40, 15, 'completed', 'standard', 160, '09:10', 1, 0, 0, 0, '', 1, null),
    (41, 16, 'completed', 'standard', 170, '09:20', 1, 0, 0, 0, '', 1, null),
    (42, 18, 'completed', 'standard', 160, '09:20', 1, 0, 0, 0, '', 1, null),
    (43, 19, 'cancelled', 'standard', 170, '09:30', 1, 0, 0, 0, '', 1, null),
    (44, 19, 'completed', 'standard', 160, '09:30', 1, 0, 0, 0, '', 1, null),
    (45, 1, 'completed', 'standard', 140, '15:00', 1, 1.00, 0, 0, '', 1, null),
    (46, 1, 'completed', 'standard', 140, '15:10', 1, 0.02, 0, 0, '', 1, null),
    (47, 1, 'completed', 'standard', 140, '15:20', 1, 1.01, 0, 0, '', 1, null),
    (48, 1, 'completed', 'standard', 140, '15:30', 1, 0, 0, 0, '', 1, null),
    (49, 1, 'completed', 'standard', 130, '15:00', 1, 15, 0, 0, '', 1, null),
    -- 50 to 77 use promotions (93)
    (50, 1, 'completed', 'standard', 50, '12:00', 1, 10, 0, 0, '', 1, null),
    (51, 1, 'completed', 'standard', 101, '23:59:59', 1, 10, 0, 0, '', 1, null),
    (52, 1, 'completed', 'standard', 49, '12:00', 1, 10, 0, 0, '', 1, null),
    (53, 1, 'completed', 'standard', 48, '12:00', 1, 10, 0, 0, '', 1, null),
    (54, 1, 'completed', 'standard', 47, '12:00', 1, 10, 0, 0, '', 1, null),
    (55, 11, 'completed', 'standard', 46, '12:00', 1, 10, 0, 0, '', 1, null),
    (56, 13, 'completed', 'standard', 45, '12:00', 1, 10, 0, 0, '', 1, null),
    (57, 1, 'completed', 'standard', 44, '12:00', 1, 5, 0, 0, '', 1, null),
    (58, 1, 'completed', 'standard', 43, '12:00', 1, 3, 0, 0, '', 1, null),
    (59, 1, 'completed', 'standard', 42, '12:00', 1, 5, 0, 0, '', 1, null),
    (60, 1, 'completed', 'standard', 41, '12:00', 1, 10, 0, 0, '', 1, null),
    (61, 1, 'completed', 'standard', 40, '12:00', 1, 10, 0, 0, '', 3, null),
    (62, 1, 'completed', 'standard', 39, '12:00', 1, 10, 0, 0, '', 1, null),
    (63, 1, 'completed', 'standard', 38, '12:00', 1, 50, 0, 0, '', 1, null),
    (64, 1, 'completed', 'standard', 37, '12:00', 1, 12, 0, 0, '', 1, null),
    (65, 1, 'cancelled', 'standard', 36, '12:00', 1, 10, 0, 0, '', 1, null),
    (66, 1, 'completed', 'standard', 35, '12:00', 1, 10, 0, 0, 'deleted', 1, null),
    (67, 20, 'completed', 'standard', 34, '12:00', 1, 10, 0, 0, '', 4, 12),
    (68, 1, 'completed', 'standard', 33, '12:00', 1, 0, 0, 0, '', 1, null),
    (69, 1, 'cancelled', 'standard', 32, '12:00', 1, 10, 0, 0, '', 1, null),
    (70, 1, 'completed', 'standard', 31, '12:00', 1, 0, 0, 0, '', 1, null),
    (71, 1, 'completed', 'standard', 31, '12:10', 1, 30, 0, 0, '', 1, null),
    (72, 1, 'completed', 'standard', 30, '12:00', 1, 10, 0, 0, '', 1, null),
    (73, 1, 'completed', 'standard', 29, '12:00', 1, 10, 0, 0, '', 1, null),
    (74, 1, 'completed', 'standard', 30, '12:10', 1, 10, 0, 0, '', 1, null),
    (75, 1, 'completed', 'standard', 29, '12:10', 1, 10, 0, 0, '', 1, null),
    (76, 1, 'completed', 'standard', 24, '12:00', 1, 0, 0, 0, '', 1, null),
    (77, 1, 'completed', 'standard', 21, '12:00', 1, 10, 0, 0, '', 1, null),
    (80, 1, 'completed', 'standard', 400, '08:00', 1, 0, 0, 0, 'late', 1, null),
    (81, 1, 'completed', 'standard', 110, '08:00', 1, 0, 0, 0, '', 1, null),
    (82, 21, 'completed', 'standard', 110, '08:10', 1, 0, 0, 0, '', 1, null),
    (83, 1, 'completed', 'standard', 110, '08:20', 1, 0, 0, 0, '', 1, null),
    (84, 1, 'completed', 'standard', 110, '08:30', 1, 0, 0, 0, '', 1, null),
    (85, 1, 'completed', 'standard', 110, '08:40', 1, 0, 0, 0, '', 1, null),
    (86, 1, 'completed', 'custom', 110, '08:50', 1, 0, 0, 0, '', 4, 11),
    (87, 1, 'completed', 'standard', 110, '09:00', 1, 0, 0, 0, '', 1, null),
    (88, 22, 'completed', 'standard', 109, '08:00', 1, 0, 0, 0, '', 1, null),
    (89, 22, 'completed', 'standard', 109, '08:00', 1, 0, 0, 0, '', 1, null),
    (90, 1, 'in_production', 'custom', 6, '16:00', 1, 0, 0, 0, '', 4, 11)
) as listed (
    id, customer, status, order_type, days, clock, rate, discount, shipping, tax, flags, page,
    seller
);

-- The second before clocks go forward and the moment they do, both halves of the repeated hour, and
-- late on the day of 25 hours: on the latest such days that are long enough ago.
create temp table demo_case_clock on commit preserve rows as
select
    tenant_id, max(day) filter (where hours = 23) as spring_day,
    max(day) filter (where hours = 25) as autumn_day
from (
    select
        tenant_id, day,
        extract(epoch from (
            cast(day + 1 as timestamp) at time zone timezone
                - cast(day as timestamp) at time zone timezone
        )) / 3600 as hours
    from demo_day
    inner join demo_tenant using (tenant_id)
    where day < as_of - 15
) as lengths
group by tenant_id;

update demo_case_order
set ordered_at = case nth
    when 14 then (spring_day + time '03:00') at time zone timezone - interval '1 second'
    when 15 then (spring_day + time '03:00') at time zone timezone
    when 16 then (autumn_day + time '12:00') at time zone timezone - half_past - interval '1 hour'
    when 17 then (autumn_day + time '12:00') at time zone timezone - half_past
    else (autumn_day + time '23:30') at time zone timezone
end
from (
    select
        demo_case_clock.*,
        case tenant_id when 5 then interval '10.5 hours' else interval '9.5 hours' end as half_past
    from demo_case_clock
) as clocks
where nth between 14 and 18 and clocks.tenant_id = demo_case_order.tenant_id;

insert into orders (
    id, tenant_id, order_number, customer_id, status, order_type, ordered_at, cancelled_at,
    promised_on,
    currency_code, exchange_rate, discount_amount, shipping_amount, tax_amount, is_test, created_at,
    updated_at, deleted_at
)
select
    order_id, tenant_id, code || '-CASE-' || lpad(cast(order_id as text), 3, '0'), customer_id,
    status,
    order_type, ordered_at, case when status = 'cancelled' then ordered_at + interval '1 day' end,
    case when order_type = 'custom' then as_of + 30 end,
    case
        when flags = 'foreign' then foreign_currency
        else currency_code
    end, rate, discount, shipping,
    tax, flags = 'test', ordered_at,
    case
        when flags = 'late' then horizon - interval '1 day'
        else ordered_at + interval '2 days'
    end,
    case when flags = 'deleted' then ordered_at + interval '1 day' end
from demo_case_order
order by order_id;

insert into order_meta_crm (id, tenant_id, order_id, sales_user_id, page_id, created_at, updated_at)
select
    order_id, tenant_id, order_id, tenant_id * 1000 + seller,
    tenant_id * 1000 + page, ordered_at, ordered_at
from demo_case_order
order by order_id;

-- Lines as a letter, pieces, price and, where there is one, the line's own discount. The first line
-- of an order has the order's id, the second 100 more, the third 200 more.
insert into order_items (
    id, tenant_id, order_id, product_id, quantity, unit_price, discount_amount, tax_amount,
    unit_cost,
    is_gift_card, is_free_item, created_at, updated_at, deleted_at
)
select
    demo_case_order.order_id + 100 * (place - 1), tenant_id, demo_case_order.order_id, product_id,
    quantity, unit_price, off, case when place = 1 then tax else 0 end,
    unit_cost, letter = 'G', letter = 'F' and unit_price = 0, ordered_at, ordered_at,
    case when nth = 6 and place = 2 then ordered_at + interval '1 hour' end
from demo_case_order
inner join (
    values
    (6, 1, 'A', 1, 100, 0), (6, 2, 'B', 1, 50, 0),
    (7, 1, 'A', 2, 100, 0), (7, 2, 'G', 1, 50, 0),
    (8, 1, 'G', 1, 50, 0),
    (9, 1, 'A', 1, 10.01, 0), (9, 2, 'B', 1, 10.03, 0),
    (10, 1, 'C', 1, 1.00, 0),
    (20, 1, 'A', 2, 100, 0),
    (21, 1, 'A', 1, 10, 0), (21, 2, 'B', 1, 10, 0), (21, 3, 'C', 1, 10, 0),
    (24, 1, 'A', 1, 100, 0), (24, 2, 'G', 1, 50, 0),
    (26, 1, 'A', 2, 100, 0),
    (45, 1, 'A', 1, 10, 0), (45, 2, 'B', 1, 10, 0), (45, 3, 'C', 1, 10, 0),
    (46, 1, 'A', 1, 10, 0), (46, 2, 'B', 1, 10, 0), (46, 3, 'C', 1, 10, 0),
    (47, 1, 'A', 1, 50, 50), (47, 2, 'B', 1, 50, 50),
    (48, 1, 'A', 1, 100, 0), (48, 2, 'F', 1, 0, 0),
    (57, 1, 'B', 1, 50, 0),
    (58, 1, 'C', 1, 30, 0),
    (59, 1, 'B', 1, 50, 0),
    (68, 1, 'A', 1, 100, 0), (68, 2, 'F', 1, 0, 0),
    (71, 1, 'A', 2, 100, 0),
    (76, 1, 'K', 1, 80, 0),
    (77, 1, 'K', 1, 110, 0),
    (81, 1, 'C', 1, 0.01, 0),
    (82, 1, 'X', 1, 100, 0),
    (83, 0, null, 0, 0, 0),
    (86, 1, 'A', 1, 1000, 0),
    (90, 1, 'A', 1, 2000, 0)
) as special (nth, place, letter, quantity, unit_price, off) using (nth)
inner join demo_case_product using (tenant_id, letter)
union all
-- all others are one plain band at 100
select
    order_id, tenant_id, order_id, product_id, 1, 100, 0, tax, unit_cost, false, false,
    ordered_at, ordered_at, null
from demo_case_order
inner join demo_case_product using (tenant_id)
where
    letter = 'A'
    and nth not
        in (
            6, 7, 8, 9, 10, 20, 21, 24, 26, 45, 46, 47, 48, 57, 58, 59, 68, 71, 76, 77, 81, 82, 83,
            86, 90
        )
order by 1;
