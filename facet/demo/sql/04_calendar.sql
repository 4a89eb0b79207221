-- When people buy: occasions, campaigns around them, and a weight for each day of each house.

-- Lunar new year in Vietnam; the god of wealth is honoured, with gold, nine days later.
create temp table demo_lunar_new_year on commit preserve rows as
select cast(unnest(array[
    '2014-01-31', '2015-02-19', '2016-02-08', '2017-01-28', '2018-02-16', '2019-02-05',
    '2020-01-25', '2021-02-12', '2022-02-01', '2023-01-22', '2024-02-10', '2025-01-29',
    '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-02', '2031-01-23',
    '2032-02-11', '2033-01-31', '2034-02-19', '2035-02-08'
]) as date) as new_year;

-- lead, tail  days before and after the day in which it is felt and its campaign runs
-- strength    how many more orders come on its best day; mix: what is bought
create temp table demo_occasion on commit preserve rows as
with kinds (
    occasion, tenants, lead, tail, strength, mix, promotion_type, value, vi, en, fr
) as (
    values
    ('tet', array[1], 21, -1, 1.2, 'gift', 'fixed_amount', 20, 'Tết', null, null),
    ('than_tai', array[1], 2, 0, 2.5, 'gold', null, null, 'Vía Thần Tài', null, null),
    ('valentine', array[1, 2, 3, 4, 5, 6], 10, 0, 0.8, 'gift', 'percentage', 10,
        'Valentine', 'Valentine''s Day', 'Saint-Valentin'),
    ('womens_day', array[1], 7, 0, 0.9, 'gift', 'free_item', 1, 'Quốc tế Phụ nữ 8/3', null, null),
    ('mothers_day', array[1, 2, 3, 4, 5, 6], 12, 0, 0.7, 'gift', 'fixed_amount', 30,
        'Ngày của Mẹ', 'Mother''s Day', 'Fête des mères'),
    ('half_year', array[1, 2, 3, 4, 5, 6], 12, 0, 0.35, 'everyday', 'bmgm', 15,
        'Ưu đãi giữa năm', 'Mid-year sale', 'Soldes d''été'),
    ('vietnamese_women', array[1], 8, 0, 0.9, 'gift', 'free_item', 1,
        'Phụ nữ Việt Nam 20/10', null, null),
    ('bridal', array[1, 2, 3, 4, 5, 6], 40, 0, 0.15, 'everyday', 'percentage', 8,
        'Mùa cưới', 'Bridal season', 'Saison des mariages'),
    ('black_friday', array[1, 2, 3, 4, 5, 6], 4, 3, 1.5, 'everyday', 'percentage', 20,
        'Black Friday', 'Black Friday', 'Black Friday'),
    ('christmas', array[1, 2, 3, 4, 5, 6], 23, -1, 1.3, 'gift', 'free_shipping', 0,
        'Giáng sinh', 'Christmas', 'Noël'),
    ('collection', array[1, 2, 3, 4, 5, 6], 45, 0, 0.10, 'everyday', 'percentage', 7,
        'Bộ sưu tập mới', 'New collection', 'Nouvelle collection')
),

years as (
    select cast(make_date(year, 1, 1) as date) as new_year_day, year
    from demo_settings
    cross join generate_series(
        cast(extract(year from starts_at) as integer),
        cast(extract(year from as_of + 1) as integer) + 1
    ) as year
),

dated as (
    select
        demo_tenant.tenant_id, kinds.*, year, as_of, starts_at, growth, language, decimals,
        usd_rate,
        case occasion
            when 'tet' then new_year
            when 'than_tai' then new_year + 9
            when 'valentine' then make_date(year, 2, 14)
            when 'womens_day' then make_date(year, 3, 8)
            when 'mothers_day' then case language
                when 'fr'
                    then make_date(year, 5, 31)
                        - cast(extract(isodow from make_date(year, 5, 31)) as integer) % 7
                else make_date(year, 5, 14)
                    - cast(extract(isodow from make_date(year, 5, 14)) as integer) % 7
            end
            when 'half_year' then make_date(year, 6, 30)
            when 'vietnamese_women' then make_date(year, 10, 20)
            when 'bridal' then case
                when tenant_id in (1, 4, 6) then make_date(year, 11, 8)
                else make_date(year, 5, 1)
            end
            when 'black_friday'
                then make_date(year, 11, 29)
                    - (cast(extract(isodow from make_date(year, 11, 29)) as integer) + 2) % 7
            when 'christmas' then make_date(year, 12, 25)
            -- one is running at the as-of date, one is about to
            when 'collection' then as_of + 20 + case year
                when extract(year from as_of) then 0
                else 75
            end
        end as occasion_date
    from kinds
    inner join demo_tenant on demo_tenant.tenant_id = any (kinds.tenants)
    cross join years
    left join demo_lunar_new_year on extract(year from new_year) = year
)

select
    dated.*, occasion_date - lead as starts_on, occasion_date + tail as ends_on,
    case language when 'vi' then vi when 'fr' then fr else en end
    || case when occasion = 'collection' then '' else ' ' || year end as name
from dated
where
    occasion_date - lead between starts_at and as_of + 60
    and (occasion <> 'collection' or year - extract(year from as_of) between 0 and 1);

create temp table demo_campaign on commit preserve rows as
select
    tenant_id * 1000 + row_number() over (partition by tenant_id order by starts_on, occasion)
        as campaign_id,
    demo_occasion.*,
    -- how well it goes, from which its goals are set once its orders are known
    (array[0.72, 0.9, 0.97, 1.05, 1.12, 1.3])[
        1 + cast(floor(pg_temp.u(tenant_id * 10000 + year, occasion || ' attainment')
            * 6) as integer)
    ] as attainment
from demo_occasion
where promotion_type is not null;

-- Each day's weight: growth, season, weekday, occasions, closed days at Tết, and some luck.
create temp table demo_day on commit preserve rows as
with days as (
    select
        tenant_id, cast(day as date) as day, language, order_count, first_number,
        exp(ln(1 + growth) * (cast(day as date) - demo_tenant.as_of) / 365.25)
        * (array[0.94, 0.97, 0.93, 0.92, 1.0, 0.95, 0.9, 0.91, 0.98, 1.03, 1.08, 1.16])[
            cast(extract(month from day) as integer)
        ]
        * (case language
            when 'fr' then array[0.75, 0.9, 0.95, 1.0, 1.15, 1.6, 0.55]
            else array[0.86, 0.85, 0.9, 0.96, 1.12, 1.22, 1.09]
        end)[cast(extract(isodow from day) as integer)]
        * exp(0.13
            * pg_temp.normal(tenant_id * 100000 + pg_temp.day_number(cast(day as date)), 'luck'))
        as weight
    from demo_tenant
    cross join lateral generate_series(
        demo_tenant.starts_at, demo_tenant.last_day, interval '1 day'
    ) as day
),

felt as (
    select
        days.tenant_id, day,
        sum(strength * (1 - abs(occasion_date - day) / (lead + 1.0))) as lift,
        (array_agg(mix order by strength * (1 - abs(occasion_date - day) / (lead + 1.0)) desc))[1]
            as mix
    from days
    inner join demo_occasion
        on demo_occasion.tenant_id = days.tenant_id and day between starts_on and ends_on
    group by days.tenant_id, day
),

weighted as (
    select
        days.tenant_id, day, order_count, first_number,
        coalesce(mix, 'everyday') as mix,
        weight * (1 + coalesce(lift, 0)) * case
            when language = 'vi' and closed.new_year is not null then 0.06
            when language <> 'vi' and to_char(day, 'MMDD') in ('1225', '0101') then 0.15
            else 1
        end as weight
    from days
    left join felt using (tenant_id, day)
    left join demo_lunar_new_year as closed on day between closed.new_year - 1
        and closed.new_year + 3
),

cumulated as (
    select
        weighted.*,
        cast(floor(
            order_count * sum(weight) over (partition by tenant_id order by day)
            / sum(weight) over (partition by tenant_id) + 1e-6
        ) as bigint) as last_number
    from weighted
)

select
    tenant_id, day, mix,
    last_number - coalesce(lag(last_number) over (partition by tenant_id order by day), 0)
        as orders,
    coalesce(lag(last_number) over (partition by tenant_id order by day), 0) as before,
    -- runs of days with about :batch_orders orders: what one transaction writes
    coalesce(lag(last_number) over (partition by tenant_id order by day), 0) / :batch_orders
        as batch
from cumulated;

-- At what hour: the cumulated shares of the 24 hours, online and in the stores alike.
create temp table demo_hours on commit preserve rows as
select
    language, array_agg(reached order by hour) as bounds
from (
    select
        language, hour,
        cast(sum(weight) over (partition by language order by hour) as double precision)
        / sum(weight) over (partition by language) as reached
    from (
        values
        ('vi', array[8, 4, 2, 1, 1, 2, 6, 14, 36, 62, 74, 66, 50, 46, 60, 66, 64, 60, 62, 78, 84,
            66, 40, 20]),
        ('en', array[10, 5, 3, 2, 1, 2, 5, 12, 24, 40, 64, 76, 84, 78, 72, 70, 72, 74, 70, 62, 60,
            50, 36, 20]),
        ('fr', array[7, 3, 2, 1, 1, 1, 4, 10, 20, 36, 66, 78, 60, 52, 68, 78, 84, 86, 80, 50, 42,
            40, 28, 14])
    ) as profiles (language, weights)
    cross join unnest(weights) with ordinality as hours (weight, hour)
) as cumulated
group by language;
