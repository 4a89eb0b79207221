with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

purchase_histories as (
    select * from {{ ref('int_customers__purchase_histories') }}
),

lifetime_fits as (
    select * from {{ source('facet_source', 'lifetime_fits') }}
),

persons_counted as (
    select
        tenants.tenant_id,
        count(purchase_histories.person_id) as person_count,
        count(case when purchase_histories.repeat_day_count > 0 then 1 end) as repeat_person_count
    from tenants
    left join purchase_histories
        on purchase_histories.tenant_id = tenants.tenant_id
        and purchase_histories.history_date = tenants.as_of_date - 1
    group by tenants.tenant_id
)

select
    -- keys
    cast(persons_counted.tenant_id as bigint) as tenant_id,

    -- attributes
    cast(coalesce(lifetime_fits.status, 'too_few') as text) as fit_status,

    -- measures
    cast(persons_counted.person_count as integer) as person_count,
    cast(persons_counted.repeat_person_count as integer) as repeat_person_count,
    {% for parameter in [
        'order_r', 'order_alpha', 'order_a', 'order_b', 'margin_p', 'margin_q', 'margin_v'
    ] -%}
    cast(lifetime_fits.{{ parameter }} as numeric(24, 9)) as {{ parameter }},
    {% endfor -%}
    {% for amount in [
        'missed', 'segment_missed', 'expected_margin', 'lower_margin', 'upper_margin'
    ] -%}
    cast(lifetime_fits.{{ amount }}_amount as numeric(18, 2)) as {{ amount }}_amount,
    {% endfor %}
    -- dates
    cast(lifetime_fits.fitted_date as date) as fitted_date
from persons_counted
left join lifetime_fits
    on lifetime_fits.tenant_id = persons_counted.tenant_id
