-- What the batch's lines needed besides delivery: goods that had to come first, and service later.

-- A pre-order goes through its stages as the order does; where the goods are late it stays in one.
create temp table demo_pre_order on commit drop as
select
    demo_order.*, line_id, quantity, paid,
    case
        when is_cancelled then 'cancelled'
        when status in ('delivered', 'completed') then 'fulfilled'
        when status = 'shipped' then 'arrived'
        when ordered_at + interval '5 days' < horizon then 'in_production'
        when ordered_at + interval '2 days' < horizon then 'ordered'
        when status = 'confirmed' and ordered_at + interval '1 hour' < horizon then 'confirmed'
        else 'requested'
    end as stage
from demo_order
inner join demo_taxed using (tenant_id, order_id)
where order_type = 'pre_order' and kind <> 'gift_card' and not is_draft;

create temp table demo_pre_order_step on commit drop as
select tenant_id, line_id, place, reached, stage = reached as is_last, reached_at, seller_id
from demo_pre_order
cross join lateral (
    values
    (1, 'requested', ordered_at),
    (2, 'confirmed', case when not is_cancelled then ordered_at + interval '1 hour' end),
    (3, 'ordered', case when not is_cancelled then ordered_at + interval '2 days' end),
    (4, 'in_production', case when not is_cancelled then ordered_at + interval '5 days' end),
    (5, 'arrived', case
        when stage in ('arrived', 'fulfilled') then dispatched_at - interval '20 hours'
    end),
    (6, 'fulfilled', case when stage = 'fulfilled' then delivered_at end),
    (7, 'cancelled', cancelled_at)
) as step (place, reached, reached_at)
where
    reached_at < horizon
    and place <= array_position(
        array['requested', 'confirmed', 'ordered', 'in_production', 'arrived', 'fulfilled',
            'cancelled'],
        stage
    );

insert into order_item_pre_orders (
    id, tenant_id, order_item_id, quantity, stage, assigned_user_id, supplier_name, deposit_amount,
    expected_on, requested_at, stage_entered_at, arrived_at, fulfilled_at, cancelled_at, created_at,
    updated_at
)
select
    line_id, tenant_id, line_id, quantity, stage, demo_pre_order.seller_id,
    pg_temp.one_of(
        array['Orfèvre Atelier', 'Saigon Gold Works', 'Antwerp Stones', 'Hatton Cast'],
        pg_temp.u(line_id, 'supplier')
    ),
    case when is_cancelled or demo_pre_order.status = 'pending' then 0 else paid end,
    promised_on - 4, ordered_at, entered_at,
    case when stage in ('arrived', 'fulfilled') then dispatched_at - interval '20 hours' end,
    case when stage = 'fulfilled' then delivered_at end,
    cancelled_at, ordered_at, entered_at
from demo_pre_order
inner join (
    select line_id, reached_at as entered_at from demo_pre_order_step where is_last
) as steps using (line_id)
order by line_id;

insert into order_pre_order_statuses (
    id, tenant_id, pre_order_id, status, changed_by, entered_at, created_at, updated_at
)
select
    line_id * 10 + place, tenant_id, line_id, reached,
    case when reached in ('confirmed', 'ordered') then seller_id end, reached_at, reached_at,
    reached_at
from demo_pre_order_step
order by 1;

-- One jewel in 25 comes back for service; some wait in one stage for longer than they should.
create temp table demo_service on commit drop as
with asked as (
    select
        demo_order.*, line_id, product_id,
        delivered_at + make_interval(
            secs => floor(86400 * (3 + 400 * power(pg_temp.u(line_id, 'service after'), 2)))
        ) as asked_at,
        pg_temp.one_of(
            array['resize', 'resize', 'repair', 'polish', 'polish', 'warranty', 'exchange',
                'appraisal', 'complaint'],
            pg_temp.u(line_id, 'service')
        ) as case_type
    from demo_order
    inner join demo_taxed using (tenant_id, order_id)
    where
        status in ('delivered', 'completed') and kind in ('jewel', 'watch') and nth = 1
        and not (is_test or is_deleted) and pg_temp.u(line_id, 'serviced') < 0.04
),

planned as (
    select
        asked.*,
        asked_at + make_interval(
            secs => floor(86400 * (0.5 + 4 * pg_temp.u(line_id, 'brought')))
        ) as goods_at,
        pg_temp.u(line_id, 'service days') as days,
        pg_temp.u(line_id, 'stuck') < 0.15 as is_stuck,
        pg_temp.u(line_id, 'refused') < 0.04 as is_refused
    from asked
    where asked_at < horizon
)

select
    planned.*,
    goods_at + interval '1 day' as service_at,
    goods_at + make_interval(
        secs => floor(86400 * (2 + 12 * days + case when is_stuck then 60 else 0 end))
    ) as ready_at,
    goods_at + make_interval(
        secs => floor(86400 * (3 + 16 * days + case when is_stuck then 61 else 0 end))
    ) as fetched_at
from planned;

insert into order_items_after_sales (
    id, tenant_id, order_item_id, case_number, case_type, stage, assigned_user_id, page_id,
    description, resolution, is_under_warranty, charge_amount, cost_amount, promised_on, opened_at,
    received_at, stage_entered_at, closed_at, created_at, updated_at
)
select
    line_id, demo_service.tenant_id, line_id, demo_tenant.code || '-S-' || line_id, case_type,
    stage, demo_service.seller_id, page_id,
    case case_type
        when 'resize' then 'Too tight'
        when 'repair' then 'A stone is loose'
        when 'polish' then 'Scratches'
        when 'warranty' then 'The clasp does not close'
        when 'exchange' then 'Prefers another size'
        when 'appraisal' then 'Value for the insurance'
        else 'Not as expected'
    end,
    case stage
        when 'closed' then 'Done and handed over'
        when 'rejected' then 'Worn, not faulty'
    end,
    case_type = 'warranty',
    case
        when case_type in ('resize', 'repair', 'appraisal') and stage <> 'rejected'
            then round(cast(30 * demo_tenant.usd_rate as numeric) / exchange_rate, order_decimals)
        else 0
    end,
    case
        when stage in ('opened', 'received', 'rejected') then 0
        else round(
            cast(12 * demo_tenant.usd_rate * (0.5 + days) as numeric) / exchange_rate,
            order_decimals
        )
    end,
    cast(goods_at at time zone demo_tenant.timezone as date) + 14,
    asked_at,
    case when stage not in ('opened', 'rejected') then goods_at end,
    entered_at,
    case when stage in ('closed', 'rejected') then entered_at end,
    asked_at, entered_at
from demo_service
inner join demo_tenant using (tenant_id)
cross join lateral (
    select
        case
            when goods_at >= demo_service.horizon then 'opened'
            when is_refused then 'rejected'
            when service_at >= demo_service.horizon then 'received'
            when ready_at >= demo_service.horizon then 'in_service'
            when fetched_at >= demo_service.horizon then 'ready'
            else 'closed'
        end as stage
) as stages
cross join lateral (
    select
        case stage
            when 'opened' then asked_at
            when 'rejected' then goods_at
            when 'received' then goods_at
            when 'in_service' then service_at
            when 'ready' then ready_at
            else fetched_at
        end as entered_at
) as moments
order by line_id;
