-- Payments, returns and refunds. Nothing happens after the horizon.

-- Made-to-order pieces take a deposit; Vietnam pays some on delivery; what costs little is paid by gift card
-- now and then; the rest is paid at once.
insert into order_payments (
    id, tenant_id, order_id, method, status, amount, paid_at, created_at, updated_at
)
with due as (
    select
        demo_order.*,
        subtotal - demo_total.discount_amount + gift_cards + shipping_amount
            + coalesce(taxes.tax_amount, 0)
            as total,
        case
            when not is_foreign and gift_cards = 0 and pg_temp.u(order_id, 'by gift card') < 0.08
                and subtotal < 200 * (
                    select usd_rate from demo_tenant
                    where demo_tenant.tenant_id = demo_order.tenant_id
                )
                then 'gift_card'
            else pg_temp.one_of(case
                when platform_id = 6 then case language
                    when 'vi' then array['cash', 'card', 'bank_transfer']
                    else array['card', 'card', 'card', 'cash'] end
                when tenant_id = 1 then array['bank_transfer', 'momo', 'card']
                when tenant_id in (2, 5) then array['card', 'card', 'paypal', 'affirm']
                when tenant_id = 3 then array['card', 'card', 'paypal', 'bank_transfer']
                else array['card', 'paypal', 'afterpay']
            end, pg_temp.u(order_id, 'method'))
        end as method,
        tenant_id = 1 and platform_id <> 6 and order_type = 'standard'
            and pg_temp.u(order_id, 'on delivery') < 0.45 as is_on_delivery,
        round(cast(0.3 + 0.2 * pg_temp.u(order_id, 'deposit') as numeric), 1) as deposit_rate
    from demo_order
    inner join demo_total using (order_id)
    left join (
        select order_id, sum(tax_amount) as tax_amount from demo_taxed group by order_id
    ) as taxes using (order_id)
    where not is_draft
),

attempts as (
    select due.*, 2 as nth, round(total * deposit_rate, order_decimals) as amount, method
        as by_method,
        ordered_at + interval '10 minutes' as moment, 'succeeded' as outcome
    from due
    where order_type = 'custom'
    union all
    select due.*, 3, total - round(total * deposit_rate, order_decimals), method,
        delivered_at, 'succeeded'
    from due
    where order_type = 'custom' and not is_cancelled and pg_temp.u(order_id, 'never settled') > 0.01
    union all
    select due.*, 1, total, method, ordered_at + interval '1 minute', 'failed'
    from due
    where order_type <> 'custom' and method = 'card' and pg_temp.u(order_id, 'declined') < 0.03
    union all
    select due.*, 2, total,
        case when is_on_delivery then 'cod' else method end,
        case
            when is_on_delivery then delivered_at
            else ordered_at + make_interval(secs => floor(120 + 1200 * pg_temp.u(order_id, 'paid')))
        end,
        case
            when is_cancelled then 'voided'
            when status = 'pending' then 'pending'
            else 'succeeded'
        end
    from due
    where order_type <> 'custom' and not (is_cancelled and is_on_delivery)
)

select
    order_id * 10 + nth, tenant_id, order_id, by_method, outcome, amount,
    case when outcome = 'succeeded' then moment end,
    least(moment, horizon - interval '1 minute'), least(moment, horizon - interval '1 minute')
from attempts
where amount > 0 and moment < horizon
order by 1;

-- One order in 25 comes back: most within three weeks, some after months, and some lose money
-- without losing the goods.
create temp table demo_return on commit drop as
select
    demo_order.*, line_id, quantity, paid, taxes.tax_amount,
    pg_temp.u(order_id, 'outcome') as outcome,
    delivered_at + make_interval(secs => floor(86400 * case
        when pg_temp.u(order_id, 'regret') < 0.10 then 80 + 140 * pg_temp.u(order_id, 'days')
        else 1 + 18 * pg_temp.u(order_id, 'days')
    end)) as requested_at
from demo_order
inner join demo_taxed as taxes using (order_id)
where
    nth = 1 and kind in ('jewel', 'watch', 'care') and paid > 0 and order_type <> 'custom'
    and not (is_cancelled or is_draft or is_test or is_deleted)
    and pg_temp.u(order_id, 'returned') < 0.045;

delete from demo_return
where requested_at >= horizon;

insert into order_returns (
    id, tenant_id, order_id, order_item_id, quantity, reason, status, requested_at, received_at,
    created_at, updated_at
)
select
    order_id * 10 + 1, tenant_id, order_id, line_id, quantity,
    (array['size', 'changed_mind', 'damaged', 'not_as_described'])[
        pg_temp.roll(order_id, 'why', 4)
    ],
    case
        when outcome > 0.95 then 'rejected'
        when requested_at + interval '5 days' < horizon then 'received'
        when requested_at + interval '1 day' < horizon then 'approved'
        else 'requested'
    end,
    requested_at,
    case
        when outcome <= 0.95 and requested_at + interval '5 days' < horizon
            then requested_at + interval '5 days'
    end,
    requested_at,
    case
        when requested_at + interval '5 days' < horizon then requested_at + interval '5 days'
        else requested_at
    end
from demo_return
where outcome > 0.12
order by order_id;

-- Below 0.12: a part of the price is given back, for the order as a whole.
insert into order_refunds (
    id, tenant_id, order_id, order_item_id, return_id, amount, tax_amount, shipping_amount,
    status, reason,
    refunded_at, created_at, updated_at
)
select
    order_id * 10 + 1, tenant_id, order_id,
    case when outcome > 0.12 then line_id end,
    case when outcome > 0.12 then order_id * 10 + 1 end,
    case when outcome > 0.12 then paid else round(paid * 0.1, order_decimals) end,
    case when outcome > 0.12 then tax_amount else 0 end,
    0,
    case
        when outcome > 0.93 then 'failed'
        when moment < horizon then 'succeeded'
        else 'pending'
    end,
    case when outcome > 0.12 then 'return' else 'goodwill' end,
    case when outcome <= 0.93 and moment < horizon then moment end,
    least(moment, horizon - interval '1 minute'), least(moment, horizon - interval '1 minute')
from (
    select demo_return.*, requested_at + interval '7 days 2 hours' as moment
    from demo_return
) as refunds
where outcome <= 0.95 and requested_at + interval '5 days' < horizon
order by order_id;
