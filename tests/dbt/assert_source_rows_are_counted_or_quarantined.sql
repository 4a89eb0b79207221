-- Fails when a row of a tenant is neither in the fact of its kind, nor out by the definition, nor
-- refused; or twice so.
with

tenants_counted as (
    select * from {{ ref('int_screening__tenants_counted') }}
),

refused as (
    select * from {{ ref('int_screening__rows_quarantined') }}
    where is_refused
),

orders_out as (
    select tenant_id, id as order_id
    from {{ source('orders', 'orders') }}
    where deleted_at is not null or is_test or status in ('draft', 'cancelled')
),

{#- what was paid stays paid, whatever became of the order -#}
orders_gone as (
    select tenant_id, id as order_id
    from {{ source('orders', 'orders') }}
    where deleted_at is not null or is_test
),

projects_gone as (
    select tenant_id, id as project_id
    from {{ source('tasks', 'project') }}
    where deleted_at is not null
),

{#-
    By fact: the source, its table, the fact's key, and what is out by the definition: said, never
    left over.
-#}
{% set of_an_order_out -%}
    (rows_of_source.tenant_id, rows_of_source.order_id) in (
        select tenant_id, order_id from orders_out
    )
{%- endset -%}
{% set of_an_order_gone = of_an_order_out | replace('orders_out', 'orders_gone') -%}
{% set facts = {
    'fct_orders': ('orders', 'orders', 'order_id',
        of_an_order_out | replace('rows_of_source.order_id', 'rows_of_source.id')),
    'fct_order_lines': ('orders', 'order_items', 'order_item_id',
        'rows_of_source.deleted_at is not null or ' ~ of_an_order_out),
    'fct_payments': ('orders', 'order_payments', 'payment_id', of_an_order_gone),
    'fct_refunds': ('orders', 'order_refunds', 'refund_id', of_an_order_out),
    'fct_promotion_redemptions':
        ('marketing', 'mkt_promotion_redemptions', 'redemption_id', 'false'),
    'fct_returns': ('orders', 'order_returns', 'return_id', of_an_order_out),
    'fct_inbound_shipments': ('shipping', 'inbound_shipments', 'inbound_shipment_id',
        'rows_of_source.deleted_at is not null'),
    'fct_tasks': ('tasks', 'task', 'task_id',
        'rows_of_source.deleted_at is not null or (rows_of_source.tenant_id, rows_of_source.project_id)'
        ' in (select tenant_id, project_id from projects_gone)'),
    'fct_leads': ('customers', 'crm_leads', 'lead_id', 'rows_of_source.deleted_at is not null'),
    'fct_time_off_requests':
        ('schedule', 'schedule_time_off_request', 'time_off_request_id', 'false'),
    'fct_shifts': ('schedule', 'schedule', 'schedule_id',
        "rows_of_source.status = 'draft' or rows_of_source.ends_at < rows_of_source.starts_at"),
} -%}
rows_placed as (
    {% for fact, (domain, table_name, key, is_out) in facts.items() -%}
    select
        rows_of_source.tenant_id,
        '{{ fact }}' as fact,
        count(*) as source_count,
        count(*) filter (where refused.source_id is null and ({{ is_out }})) as out_count,
        count(*) filter (where refused.source_id is not null) as refused_count,
        0 as fact_count
    from {{ source(domain, table_name) }} as rows_of_source
    left join refused
        on refused.tenant_id = rows_of_source.tenant_id
        and refused.source_table = '{{ table_name }}'
        and refused.source_id = rows_of_source.id
    group by rows_of_source.tenant_id
    union all
    select
        tenant_id, '{{ fact }}' as fact, 0 as source_count, 0 as out_count, 0 as refused_count,
        count(distinct {{ key }}) as fact_count
    from {{ ref(fact) }}
    group by tenant_id
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
)

select
    tenant_id,
    fact,
    sum(source_count) as source_count,
    sum(fact_count) as fact_count,
    sum(out_count) as out_count,
    sum(refused_count) as refused_count
from rows_placed
where tenant_id in (select tenant_id from tenants_counted)
group by tenant_id, fact
having sum(source_count) <> sum(fact_count) + sum(out_count) + sum(refused_count)
