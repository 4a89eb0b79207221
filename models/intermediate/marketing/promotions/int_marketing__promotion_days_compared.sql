{#-
    A promotion's days, the 56 before and the 14 after, as far as they are over and the shop has
    sold: what was sold, and what was on the same weekday of the 56 days before, 8 of them together.
    Amounts over 8 are the day's baseline before trend; they stay whole here, so that nothing is
    rounded twice.
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

with

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
    where start_date is not null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

scope_days as (
    select * from {{ ref('int_marketing__scope_days_summed') }}
),

first_orders as (
    select tenant_id, min(order_date) as first_order_date
    from {{ ref('fct_orders') }}
    group by tenant_id
),

promotions_dated as (
    select
        promotion_scopes.tenant_id,
        promotion_scopes.promotion_id,
        promotion_scopes.scope_id,
        promotion_scopes.start_date,
        promotion_scopes.end_date,
        greatest(promotion_scopes.start_date - 56, first_orders.first_order_date) as first_date,
        least(
            coalesce(promotion_scopes.end_date + 14, tenants.as_of_date - 1),
            tenants.as_of_date - 1
        ) as last_date
    from promotion_scopes
    inner join tenants
        on tenants.tenant_id = promotion_scopes.tenant_id
    inner join first_orders
        on first_orders.tenant_id = promotion_scopes.tenant_id
),

days as (
    select
        tenant_id,
        promotion_id,
        scope_id,
        start_date,
        end_date,
        cast({{ each_day('first_date', 'last_date') }} as date) as date_day
    from promotions_dated
    where first_date <= last_date
),

days_by_phase as (
    select
        days.tenant_id,
        days.promotion_id,
        days.date_day,
        (days.date_day - days.start_date + 56) % 7 as weekday_number,
        case
            when days.date_day < days.start_date then 'before'
            when days.date_day > days.end_date then 'after'
            else 'during'
        end as phase,
        {% for column in [
            'in_scope_amount', 'out_of_scope_amount', 'other_products_amount',
            'in_scope_cost_amount', 'in_scope_costed_amount',
        ] -%}
        coalesce(scope_days.{{ column }}, 0) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from days
    left join scope_days
        on scope_days.tenant_id = days.tenant_id
        and scope_days.scope_id = days.scope_id
        and scope_days.order_date = days.date_day
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,
    cast(date_day as date) as date_day,

    -- attributes
    cast(phase as text) as phase,

    -- measures
    cast(in_scope_amount as numeric(18, 2)) as in_scope_amount,
    cast(out_of_scope_amount as numeric(18, 2)) as out_of_scope_amount,
    cast(other_products_amount as numeric(18, 2)) as other_products_amount,
    cast(in_scope_cost_amount as numeric(18, 2)) as in_scope_cost_amount,
    cast(in_scope_costed_amount as numeric(18, 2)) as in_scope_costed_amount,
    {% for column in ['in_scope_amount', 'out_of_scope_amount', 'other_products_amount'] -%}
    cast(
        sum(case when phase = 'before' then {{ column }} else 0 end) over (
            partition by tenant_id, promotion_id, weekday_number
        ) as numeric(18, 2)
    ) as weekday_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from days_by_phase
