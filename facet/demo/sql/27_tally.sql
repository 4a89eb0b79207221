-- What the batch came to, for the goals, targets and shift reports that are written at the end.

insert into demo_sold
select
    demo_order.tenant_id, seller_id, demo_order.day,
    count(*), count(lead_id), sum((subtotal - discount_amount) * exchange_rate)
from demo_order
inner join demo_total using (order_id)
left join (
    select order_id, lead_id from demo_lead where status = 'converted'
) as leads using (order_id)
where seller_id is not null and not (is_cancelled or is_draft or is_test or is_deleted)
group by 1, 2, 3;

-- An order is its promotion's campaign's, else its link's, else that of the last contact before it.
insert into demo_attributed
select
    attributed.campaign_id, count(*), count(*) filter (where is_newcomer), sum(units),
    count(promotion_id), sum((subtotal - discount_amount) * exchange_rate)
from demo_total
inner join demo_order as placed using (order_id)
inner join (
    select order_id, sum(quantity)
        as units from demo_line where kind <> 'gift_card' group by order_id
) as lines using (order_id)
left join demo_click using (order_id)
left join lateral (
    select journey.campaign_id
    from crm_personal_journey as journey
    where
        journey.id between order_id * 10 + 1 and order_id * 10 + 3
        and journey.campaign_id is not null
        and journey.occurred_at > placed.ordered_at - interval '28 days'
    order by journey.occurred_at desc
    limit 1
) as touch on true
cross join lateral (
    select coalesce(promotion_id, utm_link_id / 10, touch.campaign_id) as campaign_id
) as attributed
inner join demo_campaign
    on demo_campaign.campaign_id = attributed.campaign_id and placed.day between starts_on
        and ends_on
where not (is_cancelled or is_draft or is_test or is_deleted)
group by 1;
