{#-
    Tenants that cannot be counted as they stand, each with what is wrong: a setting that decides
    what their numbers mean cannot be used, their amounts add up to more than money of 18 digits
    holds, or a model could not be built with their rows (FACET_SET_ASIDE, which `facet run` sets).
    Nothing of theirs reaches a model; assert_tenants_can_be_counted holds them back by name.
-#}
{%- set largest_total = 1000000000000000 -%}
{%- set largest_unit_total = 2000000000 -%}
with

tenants as (
    select * from {{ source('system', 'sys_tenants') }}
    where id is not null and deleted_at is null
),

time_zones as (
    select * from {{ ref('time_zones') }}
),

currencies as (
    select * from {{ ref('currencies') }}
),

orders as (
    select orders.* from {{ source('orders', 'orders') }} as orders
    {{ not_refused('orders') }}
),

order_items as (
    select order_items.* from {{ source('orders', 'order_items') }} as order_items
    {{ not_refused('order_items') }}
),

order_payments as (
    select order_payments.* from {{ source('orders', 'order_payments') }} as order_payments
    {{ not_refused('order_payments') }}
),

order_refunds as (
    select order_refunds.* from {{ source('orders', 'order_refunds') }} as order_refunds
    {{ not_refused('order_refunds') }}
),

{% set settings = {
    'name': ("nullif(trim(name), '') is not null", 'a name that people know it by'),
    'timezone': (
        'timezone in (select timezone from time_zones)',
        'a name such as Asia/Ho_Chi_Minh, or UTC',
    ),
    'currency_code': (
        'currency_code in (select currency_code from currencies)',
        'an ISO 4217 code such as VND',
    ),
    'week_start': ('week_start between 1 and 7', '1 (Monday) to 7 (Sunday)'),
    'fiscal_year_start_month': ('fiscal_year_start_month between 1 and 12', '1 to 12'),
    'return_dating': (
        "return_dating in ('refund_date', 'order_date')",
        'refund_date or order_date',
    ),
    'business_hours': (
        'business_hours is null or ' ~ is_json('business_hours'),
        'JSON, or nothing',
    ),
    'metadata': ('metadata is null or ' ~ is_json('metadata'), 'JSON'),
    'created_at': (plausible_moment('created_at'), 'the day on which it was added'),
} -%}
settings_unusable as (
    {% for setting, (condition, wanted) in settings.items() -%}
    select
        id as tenant_id,
        'setting_unusable' as cause,
        '{{ setting }} is ' || coalesce('"' || cast({{ setting }} as text) || '"', 'missing')
        || ': set {{ wanted }}' as reason
    from tenants
    where ({{ condition }}) is not true
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
),

{#- what is near the limit is far from it by the cent, so binary numbers do -#}
amounts as (
    select
        orders.tenant_id,
        cast(orders.exchange_rate as double precision)
        * cast(
            orders.discount_amount + orders.shipping_amount + orders.tax_amount as double precision
        ) as amount
    from orders
    union all
    select
        order_items.tenant_id,
        greatest(cast(orders.exchange_rate as double precision), 1) * order_items.quantity
        * cast(
            greatest(order_items.unit_price, coalesce(order_items.unit_cost, 0)) as double precision
        ) as amount
    from order_items
    inner join orders
        on orders.tenant_id = order_items.tenant_id
        and orders.id = order_items.order_id
    {% for relation, amount in {
        'order_payments': 'amount',
        'order_refunds':
            'order_refunds.amount + order_refunds.tax_amount + order_refunds.shipping_amount',
    }.items() -%}
    union all
    select
        {{ relation }}.tenant_id,
        greatest(cast(orders.exchange_rate as double precision), 1)
        * cast({{ amount }} as double precision) as amount
    from {{ relation }}
    inner join orders
        on orders.tenant_id = {{ relation }}.tenant_id
        and orders.id = {{ relation }}.order_id
    {% endfor %}
),

totals_too_large as (
    select
        tenant_id,
        'amounts_add_up_too_large' as cause,
        'orders, payments and refunds add up to more than {{ largest_total }}:'
        || ' look for mistyped amounts among the largest' as reason
    from amounts
    group by tenant_id
    having sum(amount) > {{ largest_total }}
    union all
    select
        tenant_id,
        'units_add_up_too_large' as cause,
        'lines of orders have more than {{ largest_unit_total }} units:'
        || ' look for mistyped quantities among the largest' as reason
    from order_items
    group by tenant_id
    having sum(cast(quantity as bigint)) > {{ largest_unit_total }}
),

models_not_built as (
    select
        cast(null as bigint) as tenant_id, 'model_not_built' as cause,
        cast(null as text) as reason
    {%- for tenant_id, reason in fromjson(env_var('FACET_SET_ASIDE', '{}')).items() %}
    union all
    select
        {{ tenant_id }} as tenant_id, 'model_not_built' as cause,
        '{{ reason | replace("'", "''") }}' as reason
    {%- endfor %}
),

tenants_set_aside as (
    select * from settings_unusable
    union all
    select * from totals_too_large
    union all
    select * from models_not_built
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(cause as text) as cause,
    cast(reason as text) as reason
from tenants_set_aside
where tenant_id in (select id from tenants)
