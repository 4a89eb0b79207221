{#-
    What db_thanhtich kept: a person's best days, streaks and records, in credited figures on their
    ledger days. Each is a span of days, or an order, that has more of something than any other of
    the person; of equals the earlier one. A day with sales is one with credited demand sales, so
    that a return breaks no streak; the current streak may lack today, which is not over.
-#}
{%- set records = {
    'best_day': ('days_per_person', 'net_sales_amount', 'net_sales_amount > 0'),
    'most_orders_in_a_day': ('days_per_person', 'order_count', 'order_count > 0'),
    'best_month': ('months_per_person', 'net_sales_amount', 'net_sales_amount > 0'),
    'longest_streak': ('streaks_per_person', 'sales_day_count', 'true'),
    'current_streak': ('streaks_per_person', 'sales_day_count', 'is_current'),
    'largest_order': ('orders_per_person', 'net_sales_amount', 'net_sales_amount > 0'),
} %}
with

sales_credits as (
    select * from {{ ref('fct_sales_credits') }}
    where is_credited and user_id is not null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

days_per_person as (
    select
        tenant_id,
        user_id,
        cast(null as bigint) as order_id,
        cast(null as text) as order_number,
        ledger_date as start_date,
        ledger_date as end_date,
        sum(net_sales_amount) as net_sales_amount,
        count(distinct case when is_order_placed then order_id end) as order_count,
        case when sum(demand_sales_amount) > 0 then 1 else 0 end as sales_day_count
    from sales_credits
    group by tenant_id, user_id, ledger_date
),

months_per_person as (
    select
        tenant_id,
        user_id,
        cast(null as bigint) as order_id,
        cast(null as text) as order_number,
        {{ first_of_period('month', 'start_date') }} as start_date,
        cast(
            {{ add_months(first_of_period('month', 'start_date'), 1) }} - 1 as date
        ) as end_date,
        sum(net_sales_amount) as net_sales_amount,
        sum(order_count) as order_count,
        sum(sales_day_count) as sales_day_count
    from days_per_person
    group by tenant_id, user_id, {{ first_of_period('month', 'start_date') }}
),

days_with_sales as (
    select
        days_per_person.*,
        start_date - cast(
            row_number() over (partition by tenant_id, user_id order by start_date) as integer
        ) as streak
    from days_per_person
    where sales_day_count = 1
),

streaks_per_person as (
    select
        days_with_sales.tenant_id,
        days_with_sales.user_id,
        cast(null as bigint) as order_id,
        cast(null as text) as order_number,
        min(days_with_sales.start_date) as start_date,
        max(days_with_sales.end_date) as end_date,
        sum(days_with_sales.net_sales_amount) as net_sales_amount,
        sum(days_with_sales.order_count) as order_count,
        count(*) as sales_day_count,
        min(days_with_sales.start_date) <= min(tenants.as_of_date)
        and max(days_with_sales.end_date) >= min(tenants.as_of_date) - 1 as is_current
    from days_with_sales
    inner join tenants
        on tenants.tenant_id = days_with_sales.tenant_id
    group by days_with_sales.tenant_id, days_with_sales.user_id, days_with_sales.streak
),

orders_per_person as (
    select
        tenant_id,
        user_id,
        order_id,
        min(order_number) as order_number,
        min(order_date) as start_date,
        min(order_date) as end_date,
        sum(net_sales_amount) as net_sales_amount,
        1 as order_count,
        case when sum(demand_sales_amount) > 0 then 1 else 0 end as sales_day_count
    from sales_credits
    group by tenant_id, user_id, order_id
),

records as (
    {% for achievement_type, (relation, record, condition) in records.items() -%}
    select
        tenant_id, user_id, order_id, order_number, '{{ achievement_type }}' as achievement_type,
        net_sales_amount, order_count, sales_day_count, start_date, end_date,
        row_number() over (
            partition by tenant_id, user_id order by {{ record }} desc, start_date, order_id
        ) as place
    from {{ relation }}
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(user_id as bigint) as user_id,
    cast(order_id as bigint) as order_id,

    -- attributes
    cast(achievement_type as text) as achievement_type,
    cast(order_number as text) as order_number,

    -- measures
    cast(net_sales_amount as numeric(18, 2)) as net_sales_amount,
    cast(order_count as integer) as order_count,
    cast(sales_day_count as integer) as sales_day_count,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from records
where place = 1
