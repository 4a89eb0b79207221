-- The orders with their lines and what is known of them.

insert into orders (
    id, tenant_id, order_number, customer_id, status, order_type, ordered_at, cancelled_at,
    promised_on,
    currency_code, exchange_rate, discount_amount, shipping_amount, tax_amount, is_test,
    shipping_address_id, billing_address_id, created_by, created_at, updated_at, deleted_at
)
select
    order_id, demo_order.tenant_id, order_number,
    coalesce(demo_double.customer_id, buyer * 10 + 1),
    status, order_type, demo_order.ordered_at, cancelled_at, promised_on, currency_code,
    exchange_rate,
    discount_amount, shipping_amount, coalesce(tax_amount, 0), is_test,
    address.id, address.id, seller_id,
    demo_order.ordered_at,
    -- the last change that its status tells of; one in two hundred is corrected half a year later,
    -- three in two hundred weeks after they were completed
    least(
        demo_order.horizon - interval '1 minute',
        case
            when pg_temp.u(order_id, 'corrected') < 0.005
                then demo_order.ordered_at + interval '180 days'
            when
                status = 'completed' and not is_carried_home
                and pg_temp.u(order_id, 'corrected') < 0.02
                then delivered_at + make_interval(days => 20 + pg_temp.roll(order_id, 'weeks', 40))
            when cancelled_at is not null then cancelled_at
            when status = 'completed' and not is_carried_home
                then delivered_at + interval '14 days'
            when status in ('delivered', 'completed') then delivered_at
            when status = 'shipped' then dispatched_at
            else demo_order.ordered_at + interval '1 hour'
        end
    ),
    case when is_deleted then least(
        demo_order.ordered_at + interval '3 days', demo_order.horizon - interval '1 minute'
    ) end
from demo_order
inner join demo_total using (order_id)
left join (
    select order_id, sum(tax_amount) as tax_amount from demo_taxed group by order_id
) as taxes using (order_id)
left join demo_double using (order_id)
left join crm_personal_addresses as address
    on address.id = buyer * 10 + 1 and demo_order.platform_id <> 6
order by order_id;

insert into order_items (
    id, tenant_id, order_id, product_id, variant_id, quantity, unit_price, discount_amount,
    tax_amount,
    unit_cost, is_gift_card, is_free_item, created_at, updated_at
)
select
    line_id, demo_taxed.tenant_id, order_id, product_id, variant_id, quantity, unit_price,
    discount_amount, tax_amount, unit_cost, kind = 'gift_card', nth = 9, ordered_at, ordered_at
from demo_taxed
inner join demo_order using (order_id)
order by line_id;

-- A campaign's link brought some of the orders that came in online.
create temp table demo_click on commit drop as
select
    order_id,
    clicked * 10 + pg_temp.roll(order_id, 'source', 3) as utm_link_id
from (
    select
        order_id, platform_id,
        campaign_ids[pg_temp.roll(order_id, 'clicked', cardinality(campaign_ids))] as clicked
    from demo_order
) as clicks
where clicked is not null and platform_id <> 6 and pg_temp.u(order_id, 'by link') < 0.22;

insert into orders_meta (id, tenant_id, order_id, utm_link_id, data, created_at, updated_at)
select
    order_id, tenant_id, order_id, utm_link_id,
    jsonb_build_object(
        'device', case when pg_temp.u(order_id, 'device') < 0.71 then 'phone' else 'computer' end,
        'gift_wrap', pg_temp.u(order_id, 'wrapped') < 0.18
    ),
    ordered_at, ordered_at
from demo_order
left join demo_click using (order_id)
where platform_id <> 6
order by order_id;

insert into order_meta_crm (id, tenant_id, order_id, sales_user_id, page_id, lead_id, created_at,
    updated_at)
select
    order_id, demo_order.tenant_id, order_id, demo_order.seller_id, demo_order.page_id, lead_id,
    demo_order.ordered_at, demo_order.ordered_at
from demo_order
left join (
    select order_id, lead_id from demo_lead where status = 'converted'
) as leads using (order_id)
order by order_id;

-- Credit: most of it whole, some shared with a colleague, a few with somebody beside them.
insert into lead_sales (
    id, tenant_id, lead_id, order_id, user_id, credit_role, contribution_rate, assigned_at,
    created_at,
    updated_at
)
select
    order_id * 10 + case credit_role
        when 'primary' then 1
        when 'shared' then 2
        when 'overlay' then 3
        else 4
    end,
    tenant_id, lead_id, order_id, user_id, credit_role, contribution_rate, ordered_at, ordered_at,
    ordered_at
from (
    select
        tenant_id, order_id, lead_id, demo_order.ordered_at, credit_role,
        case
            when credit_role = 'primary' then demo_order.seller_id
            else colleague_id
        end as user_id,
        case
            when credit_role in ('overlay', 'originator') then 1
            when is_shared then case credit_role when 'primary' then 0.6 else 0.4 end
            else 1
        end as contribution_rate
    from demo_order
    inner join demo_team using (tenant_id, day)
    left join (
        select order_id, lead_id from demo_lead where status = 'converted'
    ) as leads using (order_id)
    cross join lateral (
        select
            user_ids[pg_temp.roll(order_id, 'colleague', cardinality(user_ids))] as colleague_id
    ) as colleagues
    cross join lateral (
        select colleague_id <> demo_order.seller_id and pg_temp.u(order_id, 'shared') < 0.10
            as is_shared
    ) as sharing
    cross join lateral (
        select 'primary' as credit_role
        union all
        select 'shared' where is_shared
        union all
        select 'overlay' where colleague_id <> demo_order.seller_id
            and pg_temp.u(order_id, 'overlay') < 0.03
        union all
        select 'originator' where colleague_id <> demo_order.seller_id
            and pg_temp.u(order_id, 'origin') < 0.02
    ) as roles
    where demo_order.seller_id is not null and pg_temp.u(order_id, 'credited') < 0.8
) as credits
order by 1;
