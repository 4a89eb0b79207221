{#-
    What expected lifetime values are fitted to, and what they are held against: the orders of the
    90 days after.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

persons_scored as (
    select * from {{ ref('int_customers__persons_scored') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

order_days as (
    select
        tenant_id,
        person_id,
        order_date,
        min(order_date) over (partition by tenant_id, person_id) as first_order_date,
        sum(gross_margin_amount) as margin_amount
    from orders
    group by tenant_id, person_id, order_date
),

days_of_histories as (
    select
        order_days.*,
        order_days.order_date > order_days.first_order_date as is_repeat,
        persons_scored.scored_date as history_date,
        persons_scored.segment,
        order_days.order_date <= persons_scored.scored_date as is_before,
        order_days.order_date > persons_scored.scored_date
        and order_days.order_date <= persons_scored.scored_date + 90 as is_after
    from persons_scored
    inner join order_days
        on order_days.tenant_id = persons_scored.tenant_id
        and order_days.person_id = persons_scored.person_id
    inner join tenants
        on tenants.tenant_id = persons_scored.tenant_id
        and persons_scored.scored_date in (
            tenants.as_of_date - 1, tenants.as_of_date - 91, tenants.as_of_date - 181
        )
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(history_date as date) as history_date,
    cast(person_id as bigint) as person_id,

    -- attributes
    cast(segment as text) as segment,

    -- measures
    cast(count(case when is_before then 1 end) - 1 as integer) as repeat_day_count,
    cast(
        max(case when is_before then order_date end) - first_order_date as integer
    ) as last_day_number,
    cast(history_date - first_order_date as integer) as age_day_count,
    cast(
        count(case when is_before and is_repeat and margin_amount > 0 then 1 end) as integer
    ) as margin_day_count,
    cast(
        sum(case when is_before and is_repeat and margin_amount > 0 then margin_amount else 0 end)
        as numeric(18, 2)
    ) as margin_amount,
    cast(count(case when is_after then 1 end) as integer) as day_count_after,
    cast(
        coalesce(sum(case when is_after then margin_amount end), 0) as numeric(18, 2)
    ) as margin_amount_after
from days_of_histories
group by tenant_id, history_date, person_id, first_order_date, segment
