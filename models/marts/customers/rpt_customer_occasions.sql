{#-
    Birthdays and anniversaries of customers in the 60 days that begin with the day of the data. Of
    several profiles of a person the first that has the day is asked. Who was born on 29 February
    celebrates on the 28th of other years.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

profiles as (
    select * from {{ ref('stg_customers__personal_profiles') }}
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

days as (
    {% for occasion, column in {
        'birthday': 'birth_date', 'anniversary': 'anniversary_date',
    }.items() -%}
    select
        profiles.tenant_id,
        profiles.personal_profile_id,
        keys_matched.person_id,
        '{{ occasion }}' as occasion_type,
        profiles.{{ column }} as first_date
    from profiles
    inner join keys_matched
        on keys_matched.tenant_id = profiles.tenant_id
        and keys_matched.personal_key_id = profiles.personal_key_id
    where profiles.{{ column }} between cast('1900-01-01' as date) and cast('2100-12-31' as date)
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

first_days as (
    select
        days.*,
        tenants.as_of_date,
        row_number() over (
            partition by days.tenant_id, days.person_id, days.occasion_type
            order by days.personal_profile_id
        ) as profile_rank
    from days
    inner join tenants
        on tenants.tenant_id = days.tenant_id
),

{#- whole years later, by months, so that 29 February becomes the 28th -#}
years_after as (
    select
        first_days.*,
        cast(
            extract(year from as_of_date) - extract(year from first_date) as integer
        ) as year_count
    from first_days
    where profile_rank = 1 and first_date < as_of_date
),

occasions as (
    {% for later in [0, 1] -%}
    select
        years_after.*,
        {{ add_months('first_date', '12 * (year_count + ' ~ later ~ ')') }} as occasion_date
    from years_after
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
)

select
    -- keys
    cast(occasions.tenant_id as bigint) as tenant_id,
    cast(occasions.person_id as bigint) as person_id,

    -- attributes
    cast(occasions.occasion_type as text) as occasion_type,
    cast(customers.customer_code as text) as customer_code,
    cast(customers.full_name as text) as full_name,

    -- measures
    cast(customers.order_count as integer) as order_count,

    -- dates
    cast(occasions.occasion_date as date) as occasion_date,
    cast(customers.last_order_date as date) as last_order_date
from occasions
inner join customers
    on customers.tenant_id = occasions.tenant_id
    and customers.person_id = occasions.person_id
where occasions.occasion_date >= occasions.as_of_date
    and occasions.occasion_date < occasions.as_of_date + 60
