{#-
    What batches of re-engagement brought, held against persons of the same segment and recency
    whom no batch wrote to. Estimates in whole cents (docs/decisions/0024).
-#}
with

batches as (
    select * from {{ ref('stg_customers__reengaged_batches') }}
    where deleted_at is null
),

batches_begun as (
    select * from {{ ref('int_customers__batches_begun') }}
),

members as (
    select * from {{ ref('stg_customers__reengage_personal_keys') }}
),

batch_stats as (
    select * from {{ ref('stg_customers__reengage_batch_stats') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

persons as (
    select
        persons_reengaged.*,
        {{ to_scaled('net_sales_amount', 2) }} as sales_cents
    from {{ ref('int_customers__persons_reengaged') }} as persons_reengaged
),

members_counted as (
    select
        tenant_id,
        reengaged_batch_id,
        count(*) as member_count,
        count(contacted_at) as contacted_count,
        count(replied_at) as replied_count,
        count(case when status = 'converted' then 1 end) as converted_count,
        count(case when status = 'declined' then 1 end) as declined_count,
        count(case when status = 'failed' then 1 end) as failed_count
    from members
    group by tenant_id, reengaged_batch_id
),

stats_numbered as (
    select
        batch_stats.*,
        row_number() over (
            partition by tenant_id, reengaged_batch_id
            order by stat_date desc, reengage_batch_stat_id desc
        ) as stat_number
    from batch_stats
),

{#- Groups of persons alike: n were written to, m were not -#}
groups_summed as (
    select
        tenant_id,
        reengaged_batch_id,
        segment,
        recency_score,
        {% for letter, condition in {'n': 'was_contacted', 'm': 'not was_contacted'}.items() -%}
        count(case when {{ condition }} then 1 end) as {{ letter }},
        coalesce(sum(case when {{ condition }} then sales_cents end), 0) as {{ letter }}_cents,
        coalesce(sum(case when {{ condition }} then sales_cents * sales_cents end), 0)
            as {{ letter }}_squares{% if not loop.last %},{% endif %}
        {% endfor %}
    from persons
    group by tenant_id, reengaged_batch_id, segment, recency_score
),

groups_widened as (
    select
        tenant_id,
        reengaged_batch_id,
        {% for letter in ['n', 'm'] -%}
        {% for name in [letter, letter ~ '_cents', letter ~ '_squares'] -%}
        cast({{ name }} as {{ type_wide_integer() }}) as {{ name }},
        {% endfor -%}
        {% endfor -%}
        n > 0 and m > 0 and n + m > 2 as is_compared
    from groups_summed
),

groups_compared as (
    select
        tenant_id,
        reengaged_batch_id,
        n,
        m,
        n_cents,
        {{ divide_rounded('n * m_cents', 'm') }} as expected_cents,
        {{ integer_divide(
            integer_divide(
                integer_divide('n * n_squares - n_cents * n_cents', 'n')
                ~ ' + ' ~ integer_divide('m * m_squares - m_cents * m_cents', 'm'),
                'n + m - 2',
            ) ~ ' * n * (n + m)',
            'm',
        ) }} as variance_squares
    from groups_widened
    where is_compared
),

batches_summed as (
    select
        tenant_id,
        reengaged_batch_id,
        sum(n) as compared_person_count,
        sum(m) as comparison_person_count,
        sum(n_cents) as sales_cents,
        sum(expected_cents) as expected_cents,
        sum(variance_squares) as variance_squares
    from groups_compared
    group by tenant_id, reengaged_batch_id
),

batches_compared as (
    select
        batches_summed.*,
        {{ whole_root('variance_squares') }} as error_cents
    from batches_summed
),

batches_estimated as (
    select
        batches.tenant_id,
        batches.reengaged_batch_id,
        batches.name,
        batches.contact_type,
        batches.status,
        batches_begun.start_date,
        batches_begun.end_date,
        members_counted.member_count,
        members_counted.contacted_count,
        members_counted.replied_count,
        members_counted.converted_count,
        members_counted.declined_count,
        members_counted.failed_count,
        stats.stat_date,
        stats.converted_count as reported_converted_count,
        stats.converted_amount as reported_converted_amount,
        case
            when batches_begun.start_date is null then 'not_begun'
            when not batches_begun.is_looked_at then 'too_long_ago'
            when batches_begun.end_date >= tenants.as_of_date then 'not_over'
            when batches_compared.compared_person_count is null then 'nobody_to_compare'
        end as estimate_reason,
        batches_compared.compared_person_count,
        batches_compared.comparison_person_count,
        batches_compared.sales_cents,
        batches_compared.expected_cents,
        {{ divide_rounded('1645 * batches_compared.error_cents', '1000') }} as half_interval_cents
    from batches
    inner join tenants
        on tenants.tenant_id = batches.tenant_id
    left join batches_begun
        on batches_begun.tenant_id = batches.tenant_id
        and batches_begun.reengaged_batch_id = batches.reengaged_batch_id
    left join members_counted
        on members_counted.tenant_id = batches.tenant_id
        and members_counted.reengaged_batch_id = batches.reengaged_batch_id
    left join stats_numbered as stats
        on stats.tenant_id = batches.tenant_id
        and stats.reengaged_batch_id = batches.reengaged_batch_id
        and stats.stat_number = 1
    left join batches_compared
        on batches_compared.tenant_id = batches.tenant_id
        and batches_compared.reengaged_batch_id = batches.reengaged_batch_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(reengaged_batch_id as bigint) as reengaged_batch_id,

    -- attributes
    cast(name as text) as batch_name,
    cast(contact_type as text) as contact_type,
    cast(status as text) as batch_status,
    cast(estimate_reason as text) as estimate_reason,

    -- measures
    {% for name in ['member', 'contacted', 'replied', 'converted', 'declined', 'failed'] -%}
    cast(coalesce({{ name }}_count, 0) as integer) as {{ name }}_count,
    {% endfor -%}
    cast(reported_converted_count as integer) as reported_converted_count,
    cast(reported_converted_amount as numeric(18, 2)) as reported_converted_amount,
    {% for name in ['compared_person_count', 'comparison_person_count'] -%}
    cast(case when estimate_reason is null then {{ name }} end as integer) as {{ name }},
    {% endfor -%}
    {% for name, cents in {
        'net_sales': 'sales_cents',
        'expected_net_sales': 'expected_cents',
        'brought': 'sales_cents - expected_cents',
        'lower_brought': 'sales_cents - expected_cents - half_interval_cents',
        'upper_brought': 'sales_cents - expected_cents + half_interval_cents',
    }.items() -%}
    cast(
        case when estimate_reason is null then {{ from_scaled(cents, 2) }} end as numeric(18, 2)
    ) as {{ name }}_amount,
    {% endfor %}
    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date,
    cast(stat_date as date) as reported_date
from batches_estimated
