{#-
    What was on hand of a product, from each day on which it changed until the day before the next.
    Days on hand are numbered, so that the last 90 of them are a range of numbers.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
),

changes_per_day as (
    select
        stock_changes.tenant_id,
        stock_changes.product_id,
        stock_changes.change_date,
        tenants.as_of_date - 1 as last_date,
        sum(stock_changes.change_units) as change_units
    from stock_changes
    inner join tenants
        on tenants.tenant_id = stock_changes.tenant_id
        and tenants.as_of_date > stock_changes.change_date
    group by
        stock_changes.tenant_id,
        stock_changes.product_id,
        stock_changes.change_date,
        tenants.as_of_date
),

levels as (
    select
        changes_per_day.*,
        sum(change_units) over (
            partition by tenant_id, product_id order by change_date
        ) as units_on_hand,
        coalesce(
            lead(change_date) over (partition by tenant_id, product_id order by change_date) - 1,
            last_date
        ) as until_date
    from changes_per_day
),

levels_lasting as (
    select
        levels.*,
        max(units_on_hand) over (
            partition by tenant_id, product_id
            order by change_date
            rows between unbounded preceding and 1 preceding
        ) as most_units_before,
        case
            when units_on_hand > 0 then until_date - change_date + 1
            when units_on_hand - change_units > 0 then 1
            else 0
        end as on_hand_day_count
    from levels
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(change_date as date) as from_date,

    -- measures
    cast(units_on_hand as bigint) as units_on_hand,
    cast(on_hand_day_count as integer) as on_hand_day_count,
    cast(
        sum(on_hand_day_count) over (
            partition by tenant_id, product_id order by change_date
        ) as bigint
    ) as on_hand_days_so_far,

    -- flags
    cast(coalesce(most_units_before > 0, false) as boolean) as was_on_hand_before,

    -- dates
    cast(until_date as date) as until_date
from levels_lasting
