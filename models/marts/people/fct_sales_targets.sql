{#-
    Targets spread evenly over the days of their period: amounts by largest remainder at the minor
    unit, orders at the hundredth, what is over to the earlier days. Targets that cannot be spread
    are in int_people__rows_quarantined.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

sales_targets as (
    select
        sales_performances.tenant_id,
        sales_performances.sales_performance_id,
        sales_performances.user_id,
        sales_performances.period_start,
        sales_performances.period_end,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places,
        {{ to_scaled('sales_performances.target_amount', 2) }} as target_cents,
        {{ to_scaled('sales_performances.target_orders', 2) }} as target_order_hundredths
    from {{ ref('stg_staff__sales_performances') }} as sales_performances
    inner join tenants
        on tenants.tenant_id = sales_performances.tenant_id
    where
        target_amount is not null
        and period_end - period_start between 0 and 3652
),

days as (
    select
        tenant_id,
        sales_performance_id,
        user_id,
        target_cents,
        decimal_places,
        target_order_hundredths,
        1 as day_weight,
        cast({{ each_day('period_start', 'period_end') }} as date) as target_date
    from sales_targets
),

amounts_split as (
    {{ split_by_largest_remainder(
        relation='days',
        amount='target_cents',
        weight='day_weight',
        group_by=['tenant_id', 'sales_performance_id'],
        tie_break='target_date',
        result='day_cents',
        decimal_places='decimal_places',
    ) }}
),

days_of_amounts as (
    select
        tenant_id,
        sales_performance_id,
        user_id,
        target_order_hundredths,
        day_weight,
        day_cents,
        target_date
    from amounts_split
),

orders_split as (
    {{ split_by_largest_remainder(
        relation='days_of_amounts',
        amount='target_order_hundredths',
        weight='day_weight',
        group_by=['tenant_id', 'sales_performance_id'],
        tie_break='target_date',
        result='day_order_hundredths',
    ) }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(sales_performance_id as bigint) as sales_performance_id,
    cast(user_id as bigint) as user_id,

    -- measures
    cast({{ from_scaled('day_cents', 2) }} as numeric(18, 2)) as target_amount,
    cast({{ from_scaled('day_order_hundredths', 2) }} as numeric(18, 2)) as target_order_count,

    -- dates
    cast(target_date as date) as target_date
from orders_split
