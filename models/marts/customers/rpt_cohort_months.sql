{#-
    Cohorts of persons by the month of their first counted order, month by month up to that of the
    data. What is dated before a person's first order, by mistake, is of its month; what is dated
    after the day of the data has not happened.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
    where person_id is not null
        and event_type in ('sale', 'discount', 'return', 'cost', 'cost_return')
),

dates as (
    select * from {{ ref('dim_dates') }}
    where extract(day from date_day) = 1
),

orders_of_the_past as (
    select
        orders.*,
        {{ first_of_period('month', 'orders.order_date') }} as order_month,
        {{ first_of_period('month', 'tenants.as_of_date') }} as as_of_month
    from orders
    inner join tenants
        on tenants.tenant_id = orders.tenant_id
        and tenants.as_of_date >= orders.order_date
),

persons as (
    select tenant_id, person_id, as_of_month, min(order_month) as cohort_month
    from orders_of_the_past
    group by tenant_id, person_id, as_of_month
),

cohorts as (
    select tenant_id, cohort_month, as_of_month, count(*) as person_count
    from persons
    group by tenant_id, cohort_month, as_of_month
),

months as (
    select
        cohorts.tenant_id,
        cohorts.cohort_month,
        cohorts.as_of_month,
        cohorts.person_count,
        dates.date_day as month_start_date
    from cohorts
    inner join dates
        on dates.tenant_id = cohorts.tenant_id
        and dates.date_day between cohorts.cohort_month and cohorts.as_of_month
),

orders_per_month as (
    select
        persons.tenant_id,
        persons.cohort_month,
        orders_of_the_past.order_month as month_start_date,
        count(*) as order_count,
        count(distinct persons.person_id) as active_person_count
    from orders_of_the_past
    inner join persons
        on persons.tenant_id = orders_of_the_past.tenant_id
        and persons.person_id = orders_of_the_past.person_id
    group by persons.tenant_id, persons.cohort_month, orders_of_the_past.order_month
),

events_placed as (
    select
        sales_ledger.*,
        persons.cohort_month,
        greatest(
            persons.cohort_month, {{ first_of_period('month', 'sales_ledger.event_date') }}
        ) as month_start_date
    from sales_ledger
    inner join persons
        on persons.tenant_id = sales_ledger.tenant_id
        and persons.person_id = sales_ledger.person_id
    inner join tenants
        on tenants.tenant_id = sales_ledger.tenant_id
        and tenants.as_of_date >= sales_ledger.event_date
        and tenants.as_of_date >= sales_ledger.order_date
),

amounts_per_month as (
    select
        tenant_id,
        cohort_month,
        month_start_date,
        {% set amounts = {
            'demand_sales_amount': "event_type in ('sale', 'discount')",
            'costed_demand_amount': "event_type in ('sale', 'discount') and has_unit_cost",
            'net_sales_amount': "event_type in ('sale', 'discount', 'return')",
            'recorded_margin_amount': 'true',
        } -%}
        {% for name, is_in in amounts.items() -%}
        sum(case when {{ is_in }} then amount else 0 end) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from events_placed
    group by tenant_id, cohort_month, month_start_date
),

months_summed as (
    select
        months.*,
        coalesce(orders_per_month.order_count, 0) as order_count,
        coalesce(orders_per_month.active_person_count, 0) as active_person_count,
        {% for name in amounts -%}
        coalesce(amounts_per_month.{{ name }}, 0) as {{ name }},
        sum(coalesce(amounts_per_month.{{ name }}, 0)) over (
            partition by months.tenant_id, months.cohort_month order by months.month_start_date
        ) as cumulative_{{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from months
    left join orders_per_month
        on orders_per_month.tenant_id = months.tenant_id
        and orders_per_month.cohort_month = months.cohort_month
        and orders_per_month.month_start_date = months.month_start_date
    left join amounts_per_month
        on amounts_per_month.tenant_id = months.tenant_id
        and amounts_per_month.cohort_month = months.cohort_month
        and amounts_per_month.month_start_date = months.month_start_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(cohort_month as date) as cohort_month,
    cast(
        12 * (extract(year from month_start_date) - extract(year from cohort_month))
        + extract(month from month_start_date) - extract(month from cohort_month)
        as integer
    ) as month_number,

    -- measures
    cast(person_count as integer) as person_count,
    cast(active_person_count as integer) as active_person_count,
    cast(order_count as integer) as order_count,
    {% for name in amounts -%}
    cast({{ name }} as numeric(18, 2)) as {{ name }},
    {% endfor -%}
    {% for name in amounts -%}
    cast(cumulative_{{ name }} as numeric(18, 2)) as cumulative_{{ name }},
    {% endfor -%}
    cast({{ ratio('active_person_count', 'person_count') }} as numeric(28, 8)) as retention_rate,

    -- flags
    cast(month_start_date = as_of_month as boolean) as is_unfinished,

    -- dates
    cast(month_start_date as date) as month_start_date
from months_summed
