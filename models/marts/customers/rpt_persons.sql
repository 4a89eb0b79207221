{#-
    Persons as of the last whole local day: what they ordered, which segment they are in and were in
    a quarter ago, and whether they should have come back by now.
-#}
with

order_days as (
    select * from {{ ref('int_customers__order_days_spaced') }}
),

persons_paced as (
    select * from {{ ref('int_customers__persons_paced') }}
),

persons_scored as (
    select * from {{ ref('int_customers__persons_scored') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

amounts_per_person as (
    select
        order_days.tenant_id,
        order_days.person_id,
        {% set spans = {
            '': 'true',
            'year_': 'order_days.order_date >= tenants.as_of_date - 365',
        } -%}
        {% for prefix, is_in in spans.items() -%}
        {% for amount in ['demand_sales', 'costed_demand', 'net_sales', 'recorded_margin'] -%}
        sum(case when {{ is_in }} then order_days.{{ amount }}_amount else 0 end)
            as {{ prefix }}{{ amount }}_amount,
        {% endfor -%}
        {% endfor -%}
        sum(
            case
                when order_days.order_date >= tenants.as_of_date - 90
                    then order_days.net_sales_amount
                else 0
            end
        ) as quarter_net_sales_amount,
        sum(order_days.order_count) as order_count,
        min(order_days.order_date) as first_order_date,
        max(order_days.order_date) as last_order_date
    from order_days
    inner join tenants
        on tenants.tenant_id = order_days.tenant_id
    group by order_days.tenant_id, order_days.person_id
),

scored_now as (
    select persons_scored.*
    from persons_scored
    inner join tenants
        on tenants.tenant_id = persons_scored.tenant_id
        and tenants.as_of_date - 1 = persons_scored.scored_date
),

scored_before as (
    select persons_scored.*
    from persons_scored
    inner join tenants
        on tenants.tenant_id = persons_scored.tenant_id
        and tenants.as_of_date - 91 = persons_scored.scored_date
)

select
    -- keys
    cast(amounts.tenant_id as bigint) as tenant_id,
    cast(amounts.person_id as bigint) as person_id,

    -- attributes
    cast(customers.customer_code as text) as customer_code,
    cast(customers.full_name as text) as full_name,
    cast(scored_now.segment as text) as segment,
    cast(scored_before.segment as text) as segment_before,
    cast(persons_paced.pace_of as text) as pace_of,

    -- measures
    cast(scored_now.recency_score as integer) as recency_score,
    cast(scored_now.frequency_score as integer) as frequency_score,
    cast(scored_now.monetary_score as integer) as monetary_score,
    cast(amounts.order_count as integer) as order_count,
    cast(scored_now.year_order_count as integer) as year_order_count,
    cast(amounts.demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(amounts.costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(amounts.net_sales_amount as numeric(18, 2)) as net_sales_amount,
    cast(amounts.recorded_margin_amount as numeric(18, 2)) as recorded_margin_amount,
    cast(amounts.year_demand_sales_amount as numeric(18, 2)) as year_demand_sales_amount,
    cast(amounts.year_costed_demand_amount as numeric(18, 2)) as year_costed_demand_amount,
    cast(amounts.year_net_sales_amount as numeric(18, 2)) as year_net_sales_amount,
    cast(amounts.year_recorded_margin_amount as numeric(18, 2)) as year_recorded_margin_amount,
    cast(amounts.quarter_net_sales_amount as numeric(18, 2)) as quarter_net_sales_amount,
    cast(persons_paced.order_day_count as integer) as order_day_count,
    cast(scored_now.recency_day_count as integer) as idle_day_count,
    cast(persons_paced.median_gap_day_count as numeric(18, 2)) as median_gap_day_count,
    cast(persons_paced.shop_median_gap_day_count as numeric(18, 2)) as shop_median_gap_day_count,
    cast(persons_paced.overdue_after_day_count as numeric(18, 3)) as overdue_after_day_count,

    -- flags
    cast(
        coalesce(scored_now.recency_day_count > persons_paced.overdue_after_day_count, false)
        as boolean
    ) as is_overdue,

    -- dates
    cast(amounts.first_order_date as date) as first_order_date,
    cast(amounts.last_order_date as date) as last_order_date
from amounts_per_person as amounts
inner join tenants
    on tenants.tenant_id = amounts.tenant_id
inner join persons_paced
    on persons_paced.tenant_id = amounts.tenant_id
    and persons_paced.person_id = amounts.person_id
left join customers
    on customers.tenant_id = amounts.tenant_id
    and customers.person_id = amounts.person_id
left join scored_now
    on scored_now.tenant_id = amounts.tenant_id
    and scored_now.person_id = amounts.person_id
left join scored_before
    on scored_before.tenant_id = amounts.tenant_id
    and scored_before.person_id = amounts.person_id
