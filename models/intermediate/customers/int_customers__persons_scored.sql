{#-
    RFM as of the last whole local day, of 90 and 180 days before it, and of the day before each
    batch of re-engagement: a score counts who is strictly worse, so that equals have equal scores.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

rfm_segments as (
    select * from {{ ref('rfm_segments') }}
),

batches as (
    select * from {{ ref('int_customers__batches_begun') }}
    where is_looked_at
),

scored_dates as (
    {% for days in [1, 91, 181] -%}
    select
        tenant_id,
        as_of_date - {{ days }} as scored_date
    from tenants
    union
    {% endfor -%}
    select
        tenant_id,
        start_date - 1 as scored_date
    from batches
),

persons as (
    select
        scored_dates.tenant_id,
        scored_dates.scored_date,
        orders.person_id,
        scored_dates.scored_date - max(orders.order_date) as recency_day_count,
        count(case when orders.order_date > scored_dates.scored_date - 365 then 1 end)
            as year_order_count,
        sum(
            case
                when orders.order_date > scored_dates.scored_date - 365 then orders.net_sales_amount
                else 0
            end
        ) as year_net_sales_amount
    from scored_dates
    inner join orders
        on orders.tenant_id = scored_dates.tenant_id
        and orders.order_date <= scored_dates.scored_date
    group by scored_dates.tenant_id, scored_dates.scored_date, orders.person_id
),

persons_ranked as (
    {% set of_the_year = 'partition by tenant_id, scored_date, year_order_count > 0' -%}
    select
        persons.*,
        count(*) over ({{ of_the_year }}) as person_count,
        rank() over ({{ of_the_year }} order by recency_day_count desc) - 1 as later_count,
        rank() over ({{ of_the_year }} order by year_order_count) - 1 as less_often_count,
        rank() over ({{ of_the_year }} order by year_net_sales_amount) - 1 as less_count
    from persons
),

persons_scored as (
    select
        persons_ranked.*,
        {% for score, worse in {
            'recency_score': 'later_count',
            'frequency_score': 'less_often_count',
            'monetary_score': 'less_count',
        }.items() -%}
        case
            when year_order_count > 0
                then 1 + {{ integer_divide('5 * ' ~ worse, 'person_count') }}
        end as {{ score }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from persons_ranked
)

select
    -- keys
    cast(persons_scored.tenant_id as bigint) as tenant_id,
    cast(persons_scored.scored_date as date) as scored_date,
    cast(persons_scored.person_id as bigint) as person_id,

    -- attributes
    cast(coalesce(rfm_segments.segment, 'lost') as text) as segment,

    -- measures
    cast(persons_scored.recency_day_count as integer) as recency_day_count,
    cast(persons_scored.year_order_count as integer) as year_order_count,
    cast(persons_scored.year_net_sales_amount as numeric(18, 2)) as year_net_sales_amount,
    cast(persons_scored.recency_score as integer) as recency_score,
    cast(persons_scored.frequency_score as integer) as frequency_score,
    cast(persons_scored.monetary_score as integer) as monetary_score
from persons_scored
left join rfm_segments
    on rfm_segments.recency_score = persons_scored.recency_score
    and rfm_segments.frequency_score = persons_scored.frequency_score
