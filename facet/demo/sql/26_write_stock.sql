-- What the batch's orders took off the shelves, and what came back to them.
-- What is made to order, and what is no thing, was never there.

insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
select
    line_id * 10 + 1, demo_taxed.tenant_id, product_id, variant_id, location_code, 'sale',
    -quantity,
    order_number, dispatched_at, dispatched_at
from demo_taxed
inner join demo_order using (order_id)
where
    kind <> 'gift_card' and order_type <> 'custom' and dispatched_at < horizon
    and not (is_cancelled or is_draft or is_test or is_deleted)
order by line_id;

insert into stock_history (
    id, tenant_id, product_id, variant_id, location_code, movement_type, quantity_change, reference,
    occurred_at, created_at
)
select
    line_id * 10 + 2, demo_return.tenant_id, product_id, variant_id, location_code, 'return',
    demo_return.quantity, order_number, requested_at + interval '5 days',
    requested_at + interval '5 days'
from demo_return
inner join (select line_id, product_id, variant_id from demo_taxed) as lines using (line_id)
where outcome between 0.12 and 0.95 and requested_at + interval '5 days' < horizon
order by line_id;
