-- The lines of the batch's orders, what comes off them, and what the orders come to.
-- Amounts are in the order's currency.

create temp table demo_line on commit drop as
with drawn as (
    select
        demo_order.tenant_id, order_id, nth, order_id * 10 + nth as line_id, mood, platform_id,
        order_type, day, horizon, exchange_rate, order_decimals, seller_id, is_foreign,
        order_id * 10 + nth as draw,
        pg_temp.pick(product_ids, bounds, pg_temp.u(order_id * 10 + nth, 'product')) as product_id
    from demo_order
    inner join demo_mix on demo_mix.tenant_id = demo_order.tenant_id and demo_mix.mix = mood
    cross join lateral generate_series(1, lines) as nth
),

priced as (
    select
        drawn.*, kind, has_sizes, category_id,
        -- prices have risen: of jewels by 3.5 % in a year, of gold by 12 %
        case
            when kind = 'gift_card' then list_price
            else pg_temp.price_point(
                list_price
                * (1 - case kind when 'gold' then 0.12 else 0.035 end * years)
                * case
                    when order_type = 'custom' then 1.2 + 0.9 * pg_temp.u(draw, 'made to order')
                    else 1
                end,
                decimals
            )
        end as price,
        unit_cost * cast(
            (1 - case kind when 'gold' then 0.12 else 0.03 end * years)
            * case
                when order_type = 'custom' then 1.2 + 0.7 * pg_temp.u(draw, 'made to order')
                else 1
            end
            as numeric
        ) as cost,
        case
            when kind = 'gold'
                then 1 + cast(floor(4 * power(pg_temp.u(draw, 'pieces'), 2)) as integer)
            when category_id % 1000 = 12 and pg_temp.u(draw, 'pair') < 0.45 then 2
            when order_type <> 'custom' and pg_temp.u(draw, 'pieces') < 0.05 then 2
            else 1
        end as quantity,
        case
            when kind in ('gold', 'gift_card') then 0
            when pg_temp.u(draw, 'granted') < coalesce(gives, 0.03)
                then (array[0.05, 0.05, 0.08, 0.10, 0.15])[pg_temp.roll(draw, 'rate', 5)]
            else 0
        end as off
    from drawn
    inner join (
        select
            tenant_id, product_id, category_id, kind, has_sizes, list_price, unit_cost, decimals
        from demo_product
        inner join demo_tenant using (tenant_id)
    ) as demo_product using (tenant_id, product_id)
    left join (select user_id as seller_id, gives from demo_staff) as seller using (seller_id)
    cross join lateral (select (cast(horizon as date) - day) / 365.25 as years) as ages
)

select
    tenant_id, order_id, line_id, nth, product_id, category_id, kind,
    case when has_sizes then product_id * 10 + pg_temp.roll(draw, 'size', 4) end as variant_id,
    quantity,
    round(price / exchange_rate, order_decimals) as unit_price,
    round(quantity * round(price / exchange_rate, order_decimals) * off, order_decimals)
        as discount_amount,
    round(cost / exchange_rate, case order_decimals
        when 0 then -3
        else order_decimals
    end) as unit_cost
from priced;

create temp table demo_total on commit drop as
with summed as (
    select
        order_id,
        sum(quantity * unit_price - discount_amount) filter (where kind <> 'gift_card') as subtotal,
        sum(quantity * unit_price) filter (where kind = 'gift_card') as gift_cards,
        sum(quantity) filter (where kind <> 'gift_card') as units,
        bool_or(kind = 'gold') as has_gold,
        bool_or(category_id % 1000 in (11, 12)) as has_rings
    from demo_line
    group by order_id
),

-- What the customer may use: an offer of the campaign, and the welcome if both may be combined.
offered as (
    select
        demo_order.*, summed.subtotal, coalesce(gift_cards, 0) as gift_cards,
        offer.promotion_id, offer.promotion_type, offer.value, offer.max_discount_amount,
        case
            when
                is_newcomer and demo_order.platform_id = 1 and not has_gold and summed.subtotal > 0
                and coalesce(offer.is_stackable, true) and pg_temp.u(order_id, 'welcome') < 0.25
                then demo_order.tenant_id * 1000 + 900
        end as welcome_id
    from demo_order
    inner join summed using (order_id)
    left join demo_promotion as offer
        on offer.promotion_id = demo_order.campaign_id
        and pg_temp.u(order_id, 'take up') < offer.take_up
        and summed.subtotal > 0
        and summed.subtotal * exchange_rate >= coalesce(min_order_amount, 0)
        and (not offer.is_online_only or demo_order.platform_id <> 6)
        and (not offer.is_for_rings or has_rings)
        and (not offer.excludes_gold or not has_gold)
        and (offer.promotion_type <> 'bmgm' or units >= 2)
        and not is_deleted and not is_test and not is_draft
),

discounted as (
    select
        offered.*,
        case
            when promotion_type in ('percentage', 'bmgm') then least(
                round(subtotal * value / 100, order_decimals),
                trunc(offered.max_discount_amount / exchange_rate, order_decimals)
            )
            when promotion_type = 'fixed_amount' then trunc(value / exchange_rate, order_decimals)
            else 0
        end as offer_discount,
        case when welcome_id is not null then least(
            round(subtotal * 0.05, order_decimals),
            trunc(welcome.max_discount_amount / exchange_rate, order_decimals)
        ) else 0 end as welcome_discount,
        case
            when promotion_id is null and welcome_id is null and platform_id = 6
                and pg_temp.u(order_id, 'rounded down') < 0.04
                then round(subtotal * 0.03, order_decimals)
            else 0
        end as house_discount
    from offered
    left join (
        select promotion_id as id, max_discount_amount from demo_promotion where campaign_id is null
    ) as welcome on welcome.id = welcome_id
),

shipped as (
    select
        discounted.*,
        coalesce(offer_discount + welcome_discount + house_discount, 0) as discount_amount,
        case
            when platform_id = 6 or subtotal is null then 0
            when is_foreign
                then round(cast(shipping_fee as numeric) * 3 / exchange_rate, order_decimals)
            when subtotal >= free_shipping_from then 0
            else cast(shipping_fee as numeric)
        end as shipping_fee_due
    from discounted
)

select
    order_id, coalesce(subtotal, 0) as subtotal, gift_cards, discount_amount,
    promotion_id, promotion_type,
    case promotion_type
        when 'free_shipping' then shipping_fee_due
        else offer_discount
    end as offer_discount,
    welcome_id, welcome_discount,
    case when promotion_type = 'free_shipping' then 0 else shipping_fee_due end as shipping_amount
from shipped;

create index on demo_total (order_id);
analyze demo_total;

-- The gift of a free-item promotion is a line of its own, at no price.
insert into demo_line
select
    tenant_id, order_id, order_id * 10 + 9, 9, product_id, category_id, kind, null,
    1, 0, 0, round(unit_cost / exchange_rate, order_decimals)
from demo_total
inner join demo_order using (order_id)
inner join demo_gift using (tenant_id)
inner join demo_product using (tenant_id, product_id)
where promotion_type = 'free_item';

-- Tax on what is left of each line; none on gift cards, nor on what goes abroad.
create temp table demo_taxed on commit drop as
select
    tenant_id, order_id, line_id, nth, product_id, variant_id, category_id, kind, quantity,
    unit_price,
    discount_amount, unit_cost, paid,
    round(
        paid * case when kind = 'gift_card' or is_foreign then 0 else tax_rate end, order_decimals
    ) as tax_amount
from (
    select
        demo_line.*, currencies.tax_rate, currencies.order_decimals, currencies.is_foreign,
        round(
            (quantity * unit_price - demo_line.discount_amount)
            * case when subtotal > 0 and kind <> 'gift_card'
                then 1 - demo_total.discount_amount / subtotal
                else 1
            end,
            currencies.order_decimals
        ) as paid
    from demo_line
    inner join demo_total using (order_id)
    inner join demo_order as currencies using (order_id)
) as lines_paid;

create index on demo_taxed (order_id);
analyze demo_taxed;
