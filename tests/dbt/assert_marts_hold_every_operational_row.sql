-- Fails when a mart holds more or fewer rows of a tenant than the operational tables have for it.
with

orders_placed as (
    select * from {{ ref('stg_orders__orders') }}
    where deleted_at is null and not is_test
),

orders_that_count as (
    select * from orders_placed
    where status not in ('draft', 'cancelled')
),

expected as (
    {% set whole_tables = {
        'dim_products': 'stg_products__products',
        'dim_staff': 'stg_system__users',
        'dim_channels': 'stg_channels__platform_pages',
        'dim_tenants': 'stg_system__tenants',
    } -%}
    {% for mart, staging in whole_tables.items() -%}
    select tenant_id, '{{ mart }}' as mart, count(*) as row_count
    from {{ ref(staging) }}
    group by tenant_id
    union all
    {% endfor -%}
    select tenant_id, 'dim_customers' as mart, count(*) as row_count
    from {{ ref('stg_customers__customers') }}
    group by tenant_id
    union all
    select tenant_id, 'fct_orders' as mart, count(*) as row_count
    from orders_that_count
    group by tenant_id
    {% set tables_of_orders = {
        'fct_order_lines': 'stg_orders__order_items',
        'fct_payments': 'stg_orders__order_payments',
        'fct_refunds': 'stg_orders__order_refunds',
    } -%}
    {% for mart, staging in tables_of_orders.items() -%}
    union all
    select rows_of_orders.tenant_id, '{{ mart }}' as mart, count(*) as row_count
    from {{ ref(staging) }} as rows_of_orders
    inner join {{ 'orders_placed' if mart == 'fct_payments' else 'orders_that_count' }} as orders
        on orders.tenant_id = rows_of_orders.tenant_id
        and orders.order_id = rows_of_orders.order_id
    {% if mart == 'fct_order_lines' -%}
    where rows_of_orders.deleted_at is null
    {% endif -%}
    group by rows_of_orders.tenant_id
    {% endfor %}
),

actual as (
    {% for mart in ['dim_products', 'dim_staff', 'dim_channels', 'dim_tenants', 'fct_orders',
        'fct_order_lines', 'fct_payments'] -%}
    select tenant_id, '{{ mart }}' as mart, count(*) as row_count
    from {{ ref(mart) }}
    group by tenant_id
    union all
    {% endfor -%}
    select tenant_id, 'dim_customers' as mart, sum(customer_count) as row_count
    from {{ ref('dim_customers') }}
    group by tenant_id
    union all
    select tenant_id, 'fct_refunds' as mart, count(distinct refund_id) as row_count
    from {{ ref('fct_refunds') }}
    group by tenant_id
)

select
    coalesce(expected.tenant_id, actual.tenant_id) as tenant_id,
    coalesce(expected.mart, actual.mart) as mart,
    expected.row_count as expected_row_count,
    actual.row_count as actual_row_count
from expected
full join actual
    on actual.tenant_id = expected.tenant_id
    and actual.mart = expected.mart
where expected.row_count is distinct from actual.row_count
