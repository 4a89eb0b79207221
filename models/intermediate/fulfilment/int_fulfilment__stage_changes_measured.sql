{#- Stages that orders, their lines and pre-orders came to, and how long until the next. -#}
{%- set histories = {
    'order': ('stg_orders__order_statuses', 'order_id', 'order_status_id', 'orders_placed'),
    'line':
        ('stg_orders__order_item_statuses', 'order_item_id', 'order_item_status_id', 'lines_placed'),
    'pre_order': (
        'stg_orders__order_pre_order_statuses', 'pre_order_id', 'pre_order_status_id',
        'pre_orders_placed',
    ),
} -%}
with

orders_placed as (
    select tenant_id, order_id from {{ ref('int_sales__orders_placed') }}
),

lines_placed as (
    select order_items.tenant_id, order_items.order_item_id, order_items.order_id
    from {{ ref('stg_orders__order_items') }} as order_items
    inner join orders_placed
        on orders_placed.tenant_id = order_items.tenant_id
        and orders_placed.order_id = order_items.order_id
),

pre_orders_placed as (
    select pre_orders.tenant_id, pre_orders.pre_order_id, lines_placed.order_id
    from {{ ref('stg_orders__order_item_pre_orders') }} as pre_orders
    inner join lines_placed
        on lines_placed.tenant_id = pre_orders.tenant_id
        and lines_placed.order_item_id = pre_orders.order_item_id
),

{% for subject_type, (history, subject_id, change_id, placed) in histories.items() -%}
{{ subject_type }}_changes as (
    select
        history.tenant_id,
        {{ placed }}.order_id,
        '{{ subject_type }}' as subject_type,
        history.{{ change_id }} as change_id,
        history.status as stage,
        history.entered_at,
        lead(history.entered_at) over (
            partition by history.tenant_id, history.{{ subject_id }}
            order by history.entered_at, history.{{ change_id }}
        ) as left_at
    from {{ ref(history) }} as history
    inner join {{ placed }}
        on {{ placed }}.tenant_id = history.tenant_id
        and {{ placed }}.{{ subject_id }} = history.{{ subject_id }}
),

{% endfor -%}
tenants as (
    select * from {{ ref('dim_tenants') }}
),

changes as (
    {% for subject_type in histories -%}
    select * from {{ subject_type }}_changes
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
),

changes_dated as (
    select
        changes.*,
        {{ local_date('changes.entered_at', 'tenants.timezone') }} as entered_date
    from changes
    inner join tenants
        on tenants.tenant_id = changes.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(change_id as bigint) as change_id,

    -- attributes
    cast(subject_type as text) as subject_type,
    cast(stage as text) as stage,

    -- measures
    cast({{ microseconds_between('entered_at', 'left_at') }} as bigint) as stage_microseconds,

    -- flags
    cast(left_at is not null as boolean) as was_left,

    -- dates
    cast(date_trunc('month', entered_date) as date) as month_start_date
from changes_dated
