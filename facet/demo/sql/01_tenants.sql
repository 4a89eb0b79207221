-- The four houses of the group, and two shops in which its people are trained: theirs are the
-- planted cases (90 to 98).
--
-- order_share   its part of all orders        usd_rate   units of its currency per US dollar, which
-- growth        of sales in a year                       is what the catalogue is priced in
-- first_number  orders have the ids above it  horizon    nothing has happened after it: the moment
-- as_of         its first day that is not                that the data are to reach to, else
--               whole                         midnight   its local midnight at the as-of date
-- last_day      the last on which it sold

create temp table demo_tenant on commit preserve rows as
with houses (
    tenant_id, code, name, slug, timezone, currency_code, decimals, usd_rate, locale, language,
    week_start, fiscal_year_start_month, return_dating, order_share, growth, tax_rate,
    shipping_fee, free_shipping_from, foreign_currency, foreign_rate, opens, closes, rest_day
) as (
    values
    (1, 'NL', 'Ngọc Lan Fine Jewellery', 'ngoc-lan', 'Asia/Ho_Chi_Minh', 'VND', 0, 25000.0,
        'vi-VN', 'vi', 1, 1, 'refund_date', 0.40, 0.22, 0.08,
        35000, 5000000, 'USD', 25400, '09:00', '21:30', 0),
    (2, 'HV', 'Hartwell & Vale', 'hartwell-vale', 'America/New_York', 'USD', 2, 1.0,
        'en-US', 'en', 7, 2, 'order_date', 0.30, 0.08, 0.08875,
        15, 500, 'CAD', 0.73, '10:00', '20:00', 0),
    (3, 'MA', 'Maison Aurélie', 'maison-aurelie', 'Europe/Paris', 'EUR', 2, 0.92,
        'fr-FR', 'fr', 1, 9, 'refund_date', 0.18, 0.02, 0.20,
        9.9, 300, 'CHF', 1.05, '10:00', '19:30', 7),
    (4, 'SC', 'Southern Cross Gems', 'southern-cross', 'Australia/Sydney', 'AUD', 2, 1.5,
        'en-AU', 'en', 6, 7, 'order_date', 0.12, 0.30, 0.10,
        12, 400, 'NZD', 0.91, '09:30', '18:00', 0),
    (5, 'TN', 'Training Shop New York', 'training-new-york', 'America/New_York', 'USD', 2, 1.0,
        'en-US', 'en', 7, 2, 'order_date', 0.01, 0.08, 0.08875,
        15, 500, 'CAD', 0.73, '10:00', '20:00', 0),
    (6, 'TS', 'Training Shop Sydney', 'training-sydney', 'Australia/Sydney', 'AUD', 2, 1.5,
        'en-AU', 'en', 1, 7, 'refund_date', 0.01, 0.02, 0.10,
        12, 400, 'NZD', 0.91, '10:00', '19:30', 7)
),

sized as (
    select
        houses.*,
        cast(floor(60000 * demo_settings.scale * houses.order_share) as bigint) as order_count,
        coalesce(cast(until at time zone timezone as date), demo_settings.as_of) as as_of,
        until,
        demo_settings.starts_at
    from houses
    cross join demo_settings
),

reaching as (
    select
        sized.*, cast(as_of as timestamp) at time zone timezone as midnight,
        coalesce(until, cast(as_of as timestamp) at time zone timezone) as horizon
    from sized
)

select
    reaching.*,
    slug || '.example' as domain,
    cast((horizon - interval '1 second') at time zone timezone as date) as last_day,
    starts_at at time zone timezone as opened_at,
    cast(100000 + sum(order_count) over (order by tenant_id) - order_count as bigint)
        as first_number
from reaching;

insert into sys_tenants (
    id, name, slug, status, timezone, currency_code, locale, week_start, fiscal_year_start_month,
    return_dating, business_hours, metadata, created_at, updated_at
)
select
    tenant_id, demo_tenant.name, slug, 'active', timezone, currency_code, locale, week_start,
    fiscal_year_start_month, return_dating,
    (
        select jsonb_object_agg(day, jsonb_build_array(jsonb_build_array(opens, closes)))
        from unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) as day
        where rest_day <> 7 or day <> 'sun'
    ),
    jsonb_build_object(
        'is_demo', 'true',
        'demo_seed', demo_settings.seed,
        'demo_as_of', demo_settings.as_of,
        'demo_until', demo_settings.until,
        'demo_scale', demo_settings.scale
    ),
    opened_at, opened_at
from demo_tenant
cross join demo_settings
order by tenant_id;

insert into channels_platforms (id, code, name, created_at, updated_at)
select platform.id, platform.code, platform.name, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'website', 'Website'), (2, 'facebook', 'Facebook'), (3, 'instagram', 'Instagram'),
    (4, 'zalo', 'Zalo'), (5, 'tiktok_shop', 'TikTok Shop'), (6, 'store', 'Store')
) as platform (id, code, name)
where tenant_id = 1
order by platform.id;

-- opened, closed: years before the as-of date, where it was not always there
create temp table demo_page on commit preserve rows as
select
    tenant_id * 1000 + row_number() over (partition by tenant_id order by ordinal) as page_id,
    pages.tenant_id, platform_id, pages.name, weight, location_code,
    demo_tenant.as_of - cast(coalesce(opened * 365, 1200) as integer) as opened_on,
    demo_tenant.as_of - cast(closed * 365 as integer) as closed_on
from (
    values
    (1, 1, 1, 'ngoc-lan.example', 0.16, 'KHO', cast(null as numeric), cast(null as numeric)),
    (1, 2, 2, 'Ngọc Lan Fine Jewellery', 0.17, 'KHO', null, null),
    (1, 3, 3, '@ngoclan.jewellery', 0.06, 'KHO', null, null),
    (1, 4, 4, 'Ngọc Lan – Zalo OA', 0.14, 'KHO', null, null),
    (1, 5, 5, 'Ngọc Lan Official', 0.09, 'KHO', 1.6, null),
    (1, 6, 6, 'Cửa hàng Đồng Khởi, TP.HCM', 0.20, 'HCM', null, null),
    (1, 7, 6, 'Cửa hàng Tràng Tiền, Hà Nội', 0.14, 'HAN', null, null),
    (1, 8, 6, 'Cửa hàng Bạch Đằng, Đà Nẵng', 0.08, 'DAD', 1.2, null),
    (2, 1, 1, 'hartwell-vale.example', 0.38, 'WH', null, null),
    (2, 2, 2, 'Hartwell & Vale', 0.05, 'WH', null, null),
    (2, 3, 3, '@hartwellvale', 0.12, 'WH', null, null),
    (2, 4, 5, 'Hartwell & Vale Shop', 0.04, 'WH', 0.9, null),
    (2, 5, 6, 'Madison Avenue, New York', 0.26, 'NYC', null, null),
    (2, 6, 6, 'Newbury Street, Boston', 0.12, 'BOS', null, null),
    (2, 7, 6, 'The Grove Pop-up, Los Angeles', 0.05, 'LAX', 2.4, 1.5),
    (3, 1, 1, 'maison-aurelie.example', 0.30, 'DEPOT', null, null),
    (3, 2, 2, 'Maison Aurélie', 0.04, 'DEPOT', null, null),
    (3, 3, 3, '@maisonaurelie', 0.10, 'DEPOT', null, null),
    (3, 4, 6, 'Rue de la Paix, Paris', 0.38, 'PAR', null, null),
    (3, 5, 6, 'Place Bellecour, Lyon', 0.18, 'LYS', null, null),
    (4, 1, 1, 'southern-cross.example', 0.46, 'WH', null, null),
    (4, 2, 2, 'Southern Cross Gems', 0.07, 'WH', null, null),
    (4, 3, 3, '@southerncrossgems', 0.14, 'WH', null, null),
    (4, 4, 6, 'Queen Victoria Building, Sydney', 0.33, 'SYD', null, null),
    (5, 1, 1, 'training-new-york.example', 0.50, 'WH', null, null),
    (5, 2, 2, 'Training Shop New York', 0.10, 'WH', null, null),
    (5, 3, 3, '@trainingshop.newyork', 0.15, 'WH', null, null),
    (5, 4, 6, 'Training room, New York', 0.25, 'NYC', null, null),
    (6, 1, 1, 'training-sydney.example', 0.50, 'WH', null, null),
    (6, 2, 2, 'Training Shop Sydney', 0.10, 'WH', null, null),
    (6, 3, 3, '@trainingshop.sydney', 0.15, 'WH', null, null),
    (6, 4, 6, 'Training room, Sydney', 0.25, 'SYD', null, null)
) as pages (tenant_id, ordinal, platform_id, name, weight, location_code, opened, closed)
inner join demo_tenant using (tenant_id);

insert into channels_platform_pages (
    id, tenant_id, platform_id, name, external_id, is_active, created_at, updated_at
)
select
    page_id, tenant_id, platform_id, demo_page.name, demo_tenant.code || '-' || page_id,
    closed_on is null,
    greatest(opened_at, cast(opened_on as timestamp) at time zone timezone),
    greatest(opened_at, cast(coalesce(closed_on, opened_on) as timestamp) at time zone timezone)
from demo_page
inner join demo_tenant using (tenant_id)
order by page_id;

-- Where orders come from in each month, with the cumulated shares that a draw falls into.
create temp table demo_doors on commit preserve rows as
select
    tenant_id, month_start,
    array_agg(page_id order by page_id) as page_ids,
    array_agg(cast(reached as double precision) order by page_id) as bounds
from (
    select
        tenant_id, page_id, month_start,
        sum(weight) over pages / sum(weight) over (partition by tenant_id, month_start) as reached
    from demo_page
    cross join (
        select cast(generate_series(date_trunc('month', starts_at), as_of + 1, '1 month') as date)
        from demo_settings
    ) as months (month_start)
    where opened_on <= month_start
        and (closed_on is null or closed_on >= month_start + interval '1 month')
    window pages as (partition by tenant_id, month_start order by page_id)
) as pages
group by tenant_id, month_start;
