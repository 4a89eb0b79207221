-- One batch, drawn: who orders what kind of thing when, where and from whom. Writes nothing yet.
--
-- Orders are numbered in time. Of each four, two bring in somebody new; the others are guests or
-- come from people brought in before: anybody lately, regulars (one in 40), devotees (one in 400).
-- Of a day that is not over there are the orders before the horizon, and one however early it is.

create temp table demo_order on commit drop as
with numbered as (
    select
        demo_tenant.*, demo_day.day, mix, cast(date_trunc('month', day) as date) as month_start,
        before + nth as number,
        first_number + before + nth as order_id,
        (before + nth - 1) / 4 as four,
        (before + nth - 1) % 4 as place,
        day = as_of and nth = 1 as is_first_of_today,
        (nth - pg_temp.u(first_number + before + nth, 'moment')) / orders as quantile
    from demo_day
    inner join demo_tenant using (tenant_id)
    cross join lateral generate_series(1, orders) as nth
    where demo_day.tenant_id = :tenant_id and batch = :batch
),

timed as (
    select
        numbered.*,
        width_bucket(quantile, bounds) as hour,
        (quantile - coalesce(bounds[width_bucket(quantile, bounds)], 0))
        / (bounds[width_bucket(quantile, bounds) + 1]
            - coalesce(bounds[width_bucket(quantile, bounds)], 0))
            as into_hour,
        cast(floor(pg_temp.u(first_number + four * 4, 'newcomer') * 4) as integer)
            as newcomer_place,
        cast(floor(sqrt(pg_temp.u(order_id, 'whose')) * number) as bigint) as back_to
    from numbered
    inner join demo_hours using (language)
),

bought as (
    select
        timed.*,
        place in (newcomer_place, (newcomer_place + 1 + four % 3) % 4) as is_newcomer,
        case
            when pg_temp.u(order_id, 'tier') < 0.06 then back_to / 400 * 100
            when pg_temp.u(order_id, 'tier') < 0.34 then back_to / 40 * 10
            else back_to / 4
        end as buyer_four,
        pg_temp.pick(page_ids, demo_doors.bounds, pg_temp.u(order_id, 'door')) as drawn_page_id,
        least(
            cast(day + make_interval(secs => floor((hour + into_hour) * 3600)) as timestamp),
            case when is_first_of_today
                then greatest(day, horizon at time zone timezone - interval '3 minutes')
            end
        ) as ordered_at_local,
        as_of - day as age
    from timed
    inner join demo_doors using (tenant_id, month_start)
),

placed as (
    select
        bought.*,
        ordered_at_local at time zone timezone as ordered_at,
        case
            when is_newcomer then order_id
            when pg_temp.u(order_id, 'guest') < 0.24 or buyer_four < 0 or buyer_four >= four
                then null
            else first_number + buyer_four * 4 + 1
                + cast(floor(pg_temp.u(first_number + buyer_four * 4, 'newcomer') * 4) as integer)
        end as buyer,
        case
            when drawn_platform_id = 6 and (
                cast(ordered_at_local as time) < cast(opens as time)
                    or cast(ordered_at_local as time) >= cast(closes as time)
            ) then tenant_id * 1000 + 1
            else drawn_page_id
        end as page_id,
        case when is_first_of_today then 1 else pg_temp.u(order_id, 'fate') end as fate,
        pg_temp.u(order_id, 'pace') as pace
    from bought
    inner join (
        select page_id as drawn_page_id, platform_id as drawn_platform_id from demo_page
    ) as drawn using (drawn_page_id)
),

typed as (
    select
        placed.*, platform_id, location_code,
        case
            when pg_temp.u(order_id, 'type') < 0.06 and buyer is not null then 'custom'
            when pg_temp.u(order_id, 'type') between 0.06 and 0.09 then 'pre_order'
            else 'standard'
        end as order_type,
        fate < 0.030 as is_cancelled,
        fate between 0.030 and 0.032 as is_test,
        fate between 0.032 and 0.035 as is_deleted,
        fate between 0.035 and 0.036 or (fate between 0.036 and 0.07 and age < 4) as is_draft
    from placed
    inner join (select page_id, platform_id, location_code from demo_page) as pages using (page_id)
),

paced as (
    select
        typed.*,
        -- days until it leaves the house, and until it is there
        case
            when order_type = 'custom' then 25 + 35 * pace
            when order_type = 'pre_order' then 15 + 40 * pace
            when platform_id = 6 then 0
            else 0.5 + 2 * pace
        end as days_to_dispatch,
        case
            when platform_id = 6 then 0
            else 1 + 4 * pg_temp.u(order_id, 'transit')
        end as days_in_transit
    from typed
),

sent as (
    select
        paced.*,
        ordered_at + make_interval(secs => floor(86400 * days_to_dispatch)) as dispatched_at,
        ordered_at + make_interval(secs => floor(86400 * (days_to_dispatch + days_in_transit)))
            as delivered_at,
        platform_id = 6 and order_type = 'standard' as is_carried_home
    from paced
    where ordered_at < horizon - interval '2 minutes'
)

select
    tenant_id, order_id, number, day, last_day, mix, timezone, language, decimals, opened_at,
    horizon, age,
    tax_rate, shipping_fee, free_shipping_from, usd_rate,
    code || '-' || to_char(day, 'YY') || '-' || lpad(cast(number as text), 6, '0') as order_number,
    ordered_at, is_newcomer, buyer, page_id, platform_id, location_code, order_type,
    is_cancelled, is_test, is_deleted, is_draft,
    dispatched_at, delivered_at, is_carried_home, days_in_transit,
    case
        when is_cancelled then 'cancelled'
        when is_draft then 'draft'
        when is_carried_home then 'completed'
        when delivered_at + interval '14 days' < horizon then 'completed'
        when delivered_at < horizon then 'delivered'
        when dispatched_at < horizon then 'shipped'
        when order_type = 'custom' and ordered_at + interval '2 days' < horizon
            then 'in_production'
        when age > 1 or order_type <> 'standard' or pace < 0.6 then 'confirmed'
        else 'pending'
    end as status,
    case
        when order_type <> 'standard' then day + cast(ceil(days_to_dispatch) as integer) + 4
    end as promised_on,
    case when is_cancelled then least(
        horizon - interval '1 minute',
        ordered_at + make_interval(secs => floor(3600 + 259200 * pg_temp.u(order_id, 'cancelled')))
    ) end as cancelled_at,
    case when is_foreign then foreign_currency else currency_code end as currency_code,
    case
        when is_foreign
            then round(cast(foreign_rate
                * (1 + 0.03 * sin((day - date '2020-01-01') / 97.0)) as numeric), 8)
        else 1
    end as exchange_rate,
    is_foreign,
    case when is_foreign then 2 else decimals end as order_decimals,
    case
        when pg_temp.u(order_id, 'served') < case platform_id
            when 6 then 0.97
            when 1 then 0.25
            else 0.85
        end
            then pg_temp.pick(user_ids, demo_team.bounds, pg_temp.u(order_id, 'seller'))
    end as seller_id,
    campaign_ids[pg_temp.roll(order_id, 'campaign', cardinality(campaign_ids))] as campaign_id,
    coalesce(campaign_ids, '{}') as campaign_ids,
    case
        when order_type = 'custom' then 'ring'
        when mix = 'gold' and pg_temp.u(order_id, 'mood') > 0.7 then 'everyday'
        when mix = 'gift' and pg_temp.u(order_id, 'mood') > 0.6 then 'everyday'
        else mix
    end as mood,
    case
        when order_type = 'custom' then 1
        else (array[1, 2, 3, 4])[
            1 + width_bucket(pg_temp.u(order_id, 'lines'), array[0.72, 0.91, 0.98])
        ]
    end as lines
from (
    select
        sent.*,
        platform_id <> 6 and pg_temp.u(order_id, 'currency') < 0.045 as is_foreign
    from sent
) as drawn
left join demo_team using (tenant_id, day)
left join demo_offer using (tenant_id, day);

create index on demo_order (order_id);
analyze demo_order;
