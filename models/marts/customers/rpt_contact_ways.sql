{#-
    How many persons can be reached, and by what (definitions.md, Customers). Handles stay behind: a
    person is one by each type, and once by any.
-#}
with

customers as (
    select * from {{ ref('stg_customers__customers') }}
    where deleted_at is null
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

persons_scored as (
    select * from {{ ref('rpt_persons') }}
),

handles as (
    select * from {{ ref('int_customers__handles_gathered') }}
    where not is_of_many
),

persons as (
    select distinct
        customers_merged.tenant_id,
        customers_merged.person_id
    from customers
    inner join customers_merged
        on customers_merged.tenant_id = customers.tenant_id
        and customers_merged.customer_id = customers.customer_id
),

persons_counted as (
    select
        tenant_id,
        person_id,
        count(*) over (partition by tenant_id) as all_person_count
    from persons
),

ways_of_persons as (
    {% for type in ["contact_type", "'any'"] -%}
    select
        tenant_id,
        person_id,
        {{ type }} as contact_type,
        max(case when is_opted_out then 0 else 1 end) as reachable_count,
        max(case when is_verified and not is_opted_out then 1 else 0 end) as verified_count
    from handles
    group by tenant_id, person_id{{ ', contact_type' if type == 'contact_type' }}
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

ways_told_of_persons as (
    select
        ways_of_persons.tenant_id,
        ways_of_persons.contact_type,
        persons_counted.all_person_count,
        ways_of_persons.reachable_count,
        ways_of_persons.verified_count,
        case
            when persons_scored.year_order_count > 0 then ways_of_persons.reachable_count else 0
        end as year_count,
        case
            when persons_scored.segment = 'lost' then ways_of_persons.reachable_count else 0
        end as lost_count
    from ways_of_persons
    inner join persons_counted
        on persons_counted.tenant_id = ways_of_persons.tenant_id
        and persons_counted.person_id = ways_of_persons.person_id
    left join persons_scored
        on persons_scored.tenant_id = ways_of_persons.tenant_id
        and persons_scored.person_id = ways_of_persons.person_id
),

ways as (
    select
        tenant_id,
        contact_type,
        max(all_person_count) as all_person_count,
        count(*) as person_count,
        sum(reachable_count) as reachable_person_count,
        sum(verified_count) as verified_person_count,
        sum(year_count) as year_person_count,
        sum(lost_count) as lost_person_count
    from ways_told_of_persons
    group by tenant_id, contact_type
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(contact_type as text) as contact_type,

    -- measures
    cast(all_person_count as integer) as all_person_count,
    cast(person_count as integer) as person_count,
    cast(person_count - reachable_person_count as integer) as opted_out_person_count,
    cast(reachable_person_count as integer) as reachable_person_count,
    cast(verified_person_count as integer) as verified_person_count,
    cast(year_person_count as integer) as year_person_count,
    cast(lost_person_count as integer) as lost_person_count
from ways
