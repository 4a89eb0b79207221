-- Stock: what was there at the start and what came in each month, so that the shelves that the
-- sales took from were never empty; what is there now is the sum of the movements, but for two
-- shelves of each house, from which a piece is missing.

create temp table demo_shelf on commit preserve rows as
select
    row_number() over (order by product_id, variant_id, location_code) as shelf,
    demo_product.tenant_id, product_id, variant_id, location_code, opened_at, has_sizes
from demo_product
left join (select product_id, variant_id from demo_variant) as variants using (product_id)
inner join (select distinct tenant_id, location_code from demo_page) as places using (tenant_id)
where kind <> 'gift_card';

insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
select
    100000 + shelf, tenant_id, product_id, variant_id, location_code, 'opening',
    1 + case when has_sizes then 0 else floor(3 * pg_temp.u(shelf, 'opening')) end, null, opened_at,
    opened_at
from demo_shelf
order by shelf;

insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
with taken as (
    select
        tenant_id, product_id, variant_id, location_code,
        date_trunc('month', occurred_at) as month_start, -sum(quantity_change) as units
    from stock_history
    where movement_type in ('sale', 'return')
    group by 1, 2, 3, 4, 5
)

select
    200000 + row_number() over (order by month_start, product_id, variant_id, location_code),
    tenant_id, product_id, variant_id, location_code, 'receipt',
    units + case when pg_temp.u(product_id * 1000 + pg_temp.day_number(cast(month_start as date))
        / 28, 'spare') < 0.06
        then 1 else 0 end,
    'PO-' || to_char(month_start, 'YYMM') || '-' || location_code,
    received_at,
    -- two positions of each month are entered days after they came
    case
        when nth_to_be_late <= 2 and received_at + late_by < horizon then received_at + late_by
        else received_at
    end
from (
    select
        *,
        row_number() over (
            partition by tenant_id, month_start
            order by
                pg_temp.u(product_id, 'entered late'), product_id, variant_id, location_code
        ) as nth_to_be_late
    from taken
    where units > 0
) as positions
inner join (select tenant_id, opened_at, horizon from demo_tenant) as tenants using (tenant_id)
cross join lateral (
    select
        greatest(month_start, opened_at + interval '1 minute') as received_at,
        make_interval(
            days => 1 + pg_temp.roll(product_id, 'days late', 4), hours => cast(nth_to_be_late as integer)
        ) as late_by
) as moments
order by 1;

-- What is on each shelf after each movement.
create temp view demo_shelf_level as
select
    tenant_id, product_id, variant_id, location_code, occurred_at,
    sum(quantity_change) over (
        partition by product_id, variant_id, location_code order by occurred_at, id
    ) as units,
    row_number() over (
        partition by product_id, variant_id, location_code order by occurred_at desc, id desc
    ) as from_last
from stock_history;

-- Goods that were lent to a fair: for up to six weeks in which nothing else of them moved.
insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
with gap as (
    select
        tenant_id, product_id, occurred_at as gap_starts,
        lead(occurred_at) over (partition by product_id order by occurred_at, id) as gap_ends
    from stock_history
),

lent as (
    select distinct on (product_id)
        tenant_id, product_id, gap_starts + interval '1 hour' as lent_at,
        least(gap_ends - interval '1 hour', gap_starts + interval '42 days') as back_at
    from gap
    cross join demo_settings
    where
        gap_ends > gap_starts + interval '4 days' and gap_starts > as_of - interval '300 days'
        and pg_temp.u(product_id, 'lent') < 0.12
    order by product_id, gap_ends - gap_starts desc
),

shelf_lent as (
    select
        lent.*, variant_id, location_code,
        (array_agg(units order by occurred_at desc, from_last))[1] as units
    from lent
    inner join demo_shelf_level using (tenant_id, product_id)
    where occurred_at < lent_at
    group by tenant_id, product_id, lent_at, back_at, variant_id, location_code
)

select
    20000 + row_number() over (order by moved_at, product_id, variant_id, location_code),
    tenant_id, product_id, variant_id, location_code, 'transfer', direction * units, 'Fair',
    moved_at, moved_at
from shelf_lent
cross join lateral (values (lent_at, -1), (back_at, 1)) as moves (moved_at, direction)
where units > 0
order by 1;

-- What sold well and was not ordered in time: nothing is left of it, or one piece.
insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
with sold_well as (
    select tenant_id, product_id, max(occurred_at) + interval '1 day' as counted_at
    from stock_history
    cross join demo_settings
    group by tenant_id, product_id, as_of
    having
        count(*) filter (
            where movement_type = 'sale' and occurred_at > as_of - interval '365 days'
        ) >= 8
        and max(occurred_at) < as_of - interval '3 days'
        and pg_temp.u(product_id, 'sold out') < 0.18
),

shelf_left as (
    select
        sold_well.*, variant_id, location_code,
        units - case
            when row_number() over (
                partition by product_id order by sign(units) desc, variant_id, location_code
            ) = 1 and pg_temp.u(product_id, 'last piece') < 0.4 then 1 else 0
        end as units_gone
    from sold_well
    inner join demo_shelf_level using (tenant_id, product_id)
    where from_last = 1
)

select
    40000 + row_number() over (order by product_id, variant_id, location_code),
    tenant_id, product_id, variant_id, location_code, 'count', -units_gone, 'Stock-take',
    counted_at,
    counted_at + case when pg_temp.u(product_id, 'entered') < 0.3 then interval '1 day' else '0' end
from shelf_left
where units_gone > 0
order by 1;

-- Reserved is what waits to leave for orders that are confirmed.
create temp table demo_reserved on commit preserve rows as
select product_id, variant_id, location_code, sum(quantity) as units
from orders
inner join order_items on order_items.order_id = orders.id
inner join order_meta_crm on order_meta_crm.order_id = orders.id
inner join demo_page using (page_id)
where
    orders.status in ('pending', 'confirmed') and order_type <> 'custom' and not is_test
    and orders.deleted_at is null
group by 1, 2, 3;

insert into stock (
    id, tenant_id, product_id, variant_id, location_code, quantity_on_hand, quantity_reserved,
    created_at, updated_at
)
select
    100000 + row_number() over (
        order by on_hand.product_id, on_hand.variant_id, on_hand.location_code
    ),
    on_hand.tenant_id, on_hand.product_id, on_hand.variant_id, on_hand.location_code,
    on_hand.units - case
        when row_number() over (
            partition by on_hand.tenant_id
            order by
                sign(on_hand.units) desc,
                pg_temp.u(on_hand.product_id, 'missing'), on_hand.variant_id, on_hand.location_code
        ) <= 2 then 1 else 0
    end,
    greatest(least(coalesce(demo_reserved.units, 0), on_hand.units), 0), first_moved_at, last_moved_at
from (
    select
        tenant_id, product_id, variant_id, location_code, sum(quantity_change) as units,
        min(occurred_at) as first_moved_at, max(occurred_at) as last_moved_at
    from stock_history
    group by tenant_id, product_id, variant_id, location_code
) as on_hand
left join demo_reserved
    on demo_reserved.product_id = on_hand.product_id
    and demo_reserved.location_code = on_hand.location_code
    and demo_reserved.variant_id is not distinct from on_hand.variant_id
order by 1;
