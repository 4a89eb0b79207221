-- Stock: what was there at the start and what came in each month, so that the shelves that the
-- sales took from were never empty; what is there now is the sum of the movements.

create temp table demo_shelf on commit preserve rows as
select
    row_number() over (order by product_id, variant_id, location_code) as shelf,
    demo_product.tenant_id, product_id, variant_id, location_code, opened_at
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
    1 + floor(3 * pg_temp.u(shelf, 'opening')), null, opened_at, opened_at
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
    greatest(month_start, opened_at + interval '1 minute'),
    greatest(month_start, opened_at + interval '1 minute')
from taken
inner join (select tenant_id, opened_at from demo_tenant) as tenants using (tenant_id)
where units > 0
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
    on_hand.tenant_id, on_hand.product_id, on_hand.variant_id, on_hand.location_code, on_hand.units,
    least(coalesce(demo_reserved.units, 0), on_hand.units), first_moved_at, last_moved_at
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
