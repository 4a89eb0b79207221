-- How the batch's orders and their lines came along: the system writes it down since a year before
-- the as-of date, for lines since half a year. The last entry is the status that the order has.

create temp table demo_step on commit drop as
select
    tenant_id, order_id, seller_id, order_type, horizon, age, is_carried_home, step.*
from demo_order
cross join lateral (
    select
        case
            when is_carried_home then ordered_at
            else least(
                ordered_at + make_interval(
                    secs => floor(300 + 5000 * power(pg_temp.u(order_id, 'confirmed'), 2))
                ),
                horizon - interval '2 minutes'
            )
        end as confirmed_at
) as moments
cross join lateral (
    values
    (1, 'draft', case when is_draft then ordered_at end),
    (2, 'pending', case when not is_draft then ordered_at end),
    (
        3, 'confirmed',
        case
            when status in ('draft', 'pending') or cancelled_at < confirmed_at then null
            else confirmed_at
        end
    ),
    (
        4, 'in_production',
        case
            when order_type = 'custom' and status not in ('cancelled', 'draft', 'confirmed')
                then ordered_at + interval '2 days'
        end
    ),
    (
        5, 'shipped',
        case
            when status in ('shipped', 'delivered', 'completed') and platform_id <> 6
                then dispatched_at
        end
    ),
    (
        6, 'delivered',
        case
            when status in ('delivered', 'completed') and not is_carried_home then delivered_at
        end
    ),
    (
        7, 'completed',
        case
            when status <> 'completed' then null
            when is_carried_home then confirmed_at + interval '1 minute'
            else delivered_at + interval '14 days'
        end
    ),
    (8, 'cancelled', cancelled_at)
) as step (nth, status, entered_at)
where step.entered_at is not null and age <= 365;

insert into order_statuses (
    id, tenant_id, order_id, status, changed_by, note, entered_at, created_at, updated_at
)
select
    order_id * 10 + nth, tenant_id, order_id, status,
    case when status in ('confirmed', 'in_production', 'cancelled') then seller_id end,
    case
        when status = 'cancelled' then pg_temp.one_of(
            array['Changed mind', 'Found it elsewhere', 'Not paid', 'Ordered twice'],
            pg_temp.u(order_id, 'why cancelled')
        )
    end,
    entered_at, entered_at, entered_at
from demo_step
order by order_id, nth;

-- Lines follow their order; what was sent back comes last.
insert into order_item_statuses (
    id, tenant_id, order_item_id, status, changed_by, entered_at, created_at, updated_at
)
with drawn as (
    select demo_taxed.line_id, demo_step.*, step.*
    from demo_step
    inner join demo_taxed using (tenant_id, order_id)
    cross join lateral (
        values
        (1, 'pending', demo_step.status = 'pending', interval '0'),
        (2, 'reserved',
            demo_step.status = 'confirmed' and order_type <> 'custom' and not is_carried_home,
            interval '0'),
        (3, 'in_production', demo_step.status = 'in_production', interval '0'),
        (4, 'ready', demo_step.status = 'shipped' and order_type <> 'standard',
            interval '-10 hours'),
        (5, 'packed', demo_step.status = 'shipped', interval '-2 hours'),
        (6, 'shipped', demo_step.status = 'shipped', interval '0'),
        (7, 'delivered',
            demo_step.status = 'delivered' or demo_step.status = 'completed' and is_carried_home,
            interval '0'),
        (8, 'cancelled', demo_step.status = 'cancelled', interval '0')
    ) as step (place, line_status, is_taken, shift)
    where age <= 180 and is_taken and (kind <> 'gift_card' or place in (1, 7, 8))
)

select
    line_id * 10 + place, tenant_id, line_id, line_status,
    case when line_status in ('ready', 'packed') then seller_id end,
    entered_at + shift, entered_at + shift, entered_at + shift
from drawn
union all
select
    line_id * 10 + 9, tenant_id, line_id, 'returned', null, back_at, back_at, back_at
from demo_return
cross join lateral (select requested_at + interval '5 days' as back_at) as moments
where age <= 180 and outcome between 0.12 and 0.95 and back_at < horizon
order by 1;
