{#-
    How long persons go between orders, and after how many days one is overdue: the person's own
    median where it is known from three days or more, else the shop's, which is over persons. The
    middle of whole numbers is exact, though both engines count it as a float.
-#}
with

order_days as (
    select * from {{ ref('int_customers__order_days_spaced') }}
),

persons_spaced as (
    select
        tenant_id,
        person_id,
        count(*) as order_day_count,
        percentile_cont(0.5) within group (order by gap_day_count) as median_gap_day_count
    from order_days
    group by tenant_id, person_id
),

shops_spaced as (
    select
        tenant_id,
        percentile_cont(0.5) within group (order by median_gap_day_count)
            as shop_median_gap_day_count
    from persons_spaced
    where median_gap_day_count is not null
    group by tenant_id
),

persons_paced as (
    select
        persons_spaced.*,
        shops_spaced.shop_median_gap_day_count,
        case
            when persons_spaced.order_day_count >= 3 then 'person'
            when shops_spaced.shop_median_gap_day_count is not null then 'shop'
        end as pace_of
    from persons_spaced
    left join shops_spaced
        on shops_spaced.tenant_id = persons_spaced.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(person_id as bigint) as person_id,

    -- attributes
    cast(pace_of as text) as pace_of,

    -- measures
    cast(order_day_count as integer) as order_day_count,
    cast(median_gap_day_count as numeric(18, 2)) as median_gap_day_count,
    cast(shop_median_gap_day_count as numeric(18, 2)) as shop_median_gap_day_count,
    -- the shop's median may lie between two that end in a half
    cast(
        1.5 * cast(
            case pace_of
                when 'person' then median_gap_day_count
                else shop_median_gap_day_count
            end as numeric(18, 2)
        ) as numeric(18, 3)
    ) as overdue_after_day_count
from persons_paced
