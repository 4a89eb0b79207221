-- The audit: merges, cancellations, deletions, late corrections and exports, each at the moment at
-- which the row itself, or its log, says that it happened.

insert into action_history (
    id, tenant_id, user_id, action, subject_type, subject_id, changes, reason, occurred_at,
    created_at
)
select
    row_number() over (order by occurred_at, subject_type, subject_id, action) + 100000, tenant_id,
    user_id, action, subject_type, subject_id, changes, reason, occurred_at, occurred_at
from (
    select
        tenant_id, merged_by as user_id, 'merged' as action, 'crm_customers' as subject_type,
        from_customer_id as subject_id,
        jsonb_build_object('into', into_customer_id) as changes, reason, created_at as occurred_at
    from crm_customer_merge_logs
    union all
    select
        tenant_id, created_by, 'updated', 'orders', id,
        jsonb_build_object('status', jsonb_build_array('confirmed', 'cancelled')), 'Cancelled',
        cancelled_at
    from orders
    where cancelled_at is not null and deleted_at is null
    union all
    select
        tenant_id, tenant_id * 1000 + 2, 'deleted', 'orders', id,
        jsonb_build_object('deleted_at', jsonb_build_array(null, deleted_at)), 'Entered twice',
        deleted_at
    from orders
    where deleted_at is not null
    union all
    select
        tenant_id, tenant_id * 1000 + 2, 'updated', 'orders', id,
        jsonb_build_object('order_number', jsonb_build_array(order_number, order_number)),
        'Corrected', updated_at
    from orders
    where updated_at = ordered_at + interval '180 days'
    union all
    select
        orders.tenant_id, orders.tenant_id * 1000 + 2, 'updated', 'orders', orders.id,
        jsonb_build_object('discount_amount', jsonb_build_array(0, discount_amount)),
        pg_temp.one_of(
            array['Discount agreed on the telephone', 'Wrong price entered', 'Complaint settled'],
            pg_temp.u(orders.id, 'why corrected')
        ),
        orders.updated_at
    from orders
    inner join order_statuses as completed
        on completed.order_id = orders.id and completed.status = 'completed'
    inner join (select tenant_id, horizon from demo_tenant) as tenants
        on tenants.tenant_id = orders.tenant_id
    where
        orders.updated_at > completed.entered_at + interval '1 day'
        and orders.updated_at <> ordered_at + interval '180 days'
        and orders.updated_at < horizon - interval '1 minute' and orders.deleted_at is null
    union all
    select
        tenant_id, user_id, 'exported', 'sys_users', user_id, data, null, occurred_at
    from logs_human
    where action = 'orders.export'
) as changed
where subject_id >= 1000
order by 1;
