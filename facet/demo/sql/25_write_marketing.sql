-- What marketing did to the batch: redemptions, refused codes, and the ways people came.

insert into mkt_promotion_redemptions (
    id, tenant_id, promotion_id, order_id, customer_id, page_id, attempted_by, status,
    rejection_reason,
    discount_amount, redeemed_at, rolled_back_at, created_at, updated_at
)
select
    order_id * 10 + nth, demo_order.tenant_id, uses.promotion_id, order_id,
    coalesce(demo_double.customer_id, buyer * 10 + 1), demo_order.page_id, demo_order.seller_id,
    case
        when uses.reason is not null then 'rejected'
        when is_cancelled then 'rolled_back'
        else 'accepted'
    end,
    uses.reason, uses.amount, demo_order.ordered_at,
    case when uses.reason is null then demo_order.cancelled_at end,
    demo_order.ordered_at, coalesce(demo_order.cancelled_at, demo_order.ordered_at)
from demo_order
inner join demo_total using (order_id)
left join demo_double using (order_id)
cross join lateral (
    values
    (1, demo_total.promotion_id, null, offer_discount),
    (2, demo_total.welcome_id, null, welcome_discount),
    (
        3,
        case
            when demo_total.promotion_id is null and pg_temp.u(order_id, 'tried') < 0.05
                then campaign_id
        end,
        (array['below_minimum', 'excluded_product', 'expired', 'not_eligible'])[
            pg_temp.roll(order_id, 'refused', 4)
        ],
        0
    )
) as uses (nth, promotion_id, reason, amount)
where uses.promotion_id is not null
order by 1;

-- Up to three contacts before an order of somebody known, some of them with a running campaign.
insert into crm_personal_journey (
    id, tenant_id, personal_key_id, touchpoint, campaign_id, page_id, utm_link_id, recorded_by,
    occurred_at, created_at, updated_at
)
select
    touch_id, tenant_id, person_id, touchpoint, campaign_id, page_id,
    case when touchpoint = 'ad_click' then campaign_id * 10 + 1 end,
    case when touchpoint in ('store_visit', 'message') then seller_id end,
    occurred_at, occurred_at, occurred_at
from (
    select
        drawn.*,
        case when pg_temp.u(touch_id, 'campaign') < 0.45
            then campaign_ids[pg_temp.roll(touch_id, 'which', cardinality(campaign_ids))]
        end as campaign_id
    from (
        select
            demo_order.tenant_id, order_id, buyer * 10 + 1 as person_id, page_id, seller_id,
            opened_at,
            order_id * 10 + nth as touch_id,
            case
                when platform_id = 6 then pg_temp.one_of(
                    array['store_visit', 'store_visit', 'phone_call'],
                        pg_temp.u(order_id * 10 + nth, 'touch'))
                when platform_id = 1 then pg_temp.one_of(
                    array['ad_click', 'email_open', 'site_visit'],
                        pg_temp.u(order_id * 10 + nth, 'touch'))
                else pg_temp.one_of(
                    array['ad_click', 'message', 'post_reaction'],
                        pg_temp.u(order_id * 10 + nth, 'touch'))
            end as touchpoint,
            ordered_at - make_interval(
                secs => floor(600 + 86400 * 30 * power(pg_temp.u(order_id * 10 + nth, 'ago'), 3))
            ) as occurred_at
        from demo_order
        cross join lateral generate_series(
            1, width_bucket(pg_temp.u(order_id, 'touches'), array[0.3, 0.7, 0.92])
        ) as nth
        where buyer is not null and not is_draft
    ) as drawn
    inner join demo_tenant using (tenant_id)
    left join demo_offer
        on demo_offer.tenant_id = drawn.tenant_id
        and demo_offer.day = cast(drawn.occurred_at at time zone timezone as date)
) as touches
order by touch_id;
