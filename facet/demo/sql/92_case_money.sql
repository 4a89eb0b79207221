-- What was paid and given back in the cases, and who has credit for them.

-- All counted orders are paid in full at once, but for those below.
insert into order_payments (
    id, tenant_id, order_id, method, status, amount, paid_at, created_at, updated_at
)
select
    order_id, tenant_id, order_id, 'card', 'succeeded',
    discounted.lines - discount + shipping + tax, ordered_at, ordered_at, ordered_at
from demo_case_order
inner join (
    select order_id, sum(quantity * unit_price - discount_amount) as lines
    from order_items
    where order_id < 1000 and deleted_at is null
    group by order_id
) as discounted using (order_id)
where
    status not in ('draft', 'cancelled') and nth not in (84, 85, 86, 87, 90)
    and discounted.lines - discount + shipping + tax > 0
union all
select
    order_id + 100 * (place - 1), tenant_id, order_id, method, outcome, amount,
    case when outcome = 'succeeded' then ordered_at + make_interval(days => later) end,
    ordered_at + make_interval(days => later), ordered_at + make_interval(days => later)
from demo_case_order
inner join (
    values
    (84, 1, 'card', 'succeeded', 100, 0), (84, 2, 'card', 'succeeded', 20, 1),
    (85, 1, 'card', 'succeeded', 60, 0),
    (86, 1, 'card', 'succeeded', 300, 0), (86, 2, 'bank_transfer', 'succeeded', 700, 40),
    (87, 1, 'card', 'failed', 100, 0), (87, 2, 'card', 'voided', 100, 0),
        (87, 3, 'card', 'pending', 100, 0),
    (90, 1, 'card', 'succeeded', 800, 0)
) as listed (nth, place, method, outcome, amount, later) using (nth)
order by 1;

insert into order_returns (
    id, tenant_id, order_id, order_item_id, quantity, reason, status, requested_at, received_at,
    created_at, updated_at
)
select
    order_id, tenant_id, order_id, order_id, 1, 'size', outcome, ordered_at + interval '5 days',
    case when outcome = 'received' then ordered_at + interval '9 days' end,
    ordered_at + interval '5 days', ordered_at + interval '9 days'
from demo_case_order
inner join (
    values (26, 'received'), (27, 'received'), (28, 'requested'), (29, 'rejected')
) as listed (nth, outcome) using (nth)
order by order_id;

-- later: days after the order; line: of the order's lines, none where the refund names none
insert into order_refunds (
    id, tenant_id, order_id, order_item_id, return_id, amount, tax_amount, shipping_amount,
    status, reason,
    refunded_at, created_at, updated_at
)
select
    order_id, tenant_id, order_id, order_id + 100 * (line - 1), case
        when nth = 26 then order_id
    end,
    amount, tax_back, shipping_back, outcome, 'case',
    case when outcome <> 'pending' then ordered_at + make_interval(days => later) end,
    ordered_at + make_interval(days => later), ordered_at + make_interval(days => later)
from demo_case_order
inner join (
    values
    (9, 1, 10.01, 0, 0, 'succeeded', 20),
    (19, 1, 100, 8, 0, 'succeeded', 240),
    (20, 1, 50, 0, 0, 'succeeded', 20),
    (21, null, 10, 0, 0, 'succeeded', 20),
    (22, 1, 30, 0, 0, 'failed', 20),
    (23, 1, 30, 0, 0, 'pending', 20),
    (24, 2, 50, 0, 0, 'succeeded', 20),
    (25, 1, 100, 8, 10, 'succeeded', 20),
    (26, 1, 100, 0, 0, 'succeeded', 12)
) as listed (nth, line, amount, tax_back, shipping_back, outcome, later) using (nth)
order by order_id;

insert into lead_sales (
    id, tenant_id, order_id, user_id, credit_role, contribution_rate, assigned_at, created_at,
    updated_at
)
select
    order_id + 100 * (place - 1), tenant_id, order_id, tenant_id * 1000 + credited, credit_role,
    rate_part,
    ordered_at, ordered_at, ordered_at
from demo_case_order
inner join (
    values
    (30, 1, 11, 'primary', 0.333333), (30, 2, 12, 'shared', 0.333333),
        (30, 3, 13, 'shared', 0.333333),
    (31, 1, 11, 'primary', 0.5), (31, 2, 12, 'shared', 0.3),
    (32, 1, 11, 'primary', 1), (32, 2, 12, 'overlay', 1),
    (33, 1, 12, 'originator', 1)
) as listed (nth, place, credited, credit_role, rate_part) using (nth)
order by 1;
