{#-
    What each promotion's days, and the 14 after, are compared with: sums over days, eight baselines
    together, the trend that both are scaled by, and how far days strayed from their weekday's mean.
-#}
with

promotion_days as (
    select * from {{ ref('int_marketing__promotion_days_compared') }}
),

promotions_scoped as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
    where start_date is not null
),

first_orders as (
    select tenant_id, min(order_date) as first_order_date
    from {{ ref('fct_orders') }}
    group by tenant_id
),

days_summed as (
    select
        tenant_id,
        promotion_id,
        {% for phase in ['during', 'after'] -%}
        count(case when phase = '{{ phase }}' then 1 end) as {{ phase }}_day_count,
        {% for column in [
            'in_scope_amount', 'out_of_scope_amount', 'beside_amount',
            'weekday_in_scope_amount', 'weekday_out_of_scope_amount', 'weekday_beside_amount',
        ] -%}
        sum(case when phase = '{{ phase }}' then {{ column }} else 0 end)
            as {{ phase }}_{{ column }},
        {% endfor -%}
        {% endfor -%}
        {% for column in ['in_scope_amount', 'in_scope_cost_amount', 'in_scope_costed_amount'] -%}
        sum(case when phase = 'before' then {{ column }} else 0 end) as before_{{ column }},
        {%- endfor %}
        {%- set distance = '(8 * ' ~ to_scaled('in_scope_amount', 2) ~ ' - '
            ~ to_scaled('weekday_in_scope_amount', 2) ~ ')' %}
        {#- eight times the distance from the mean, in cents, squared -#}
        sum(case when phase = 'before' then {{ distance }} * {{ distance }} else 0 end)
            as before_square_count
    from promotion_days
    group by tenant_id, promotion_id
),

promotions_scaled as (
    select
        days_summed.*,
        days_summed.during_day_count > 0
        and first_orders.first_order_date <= promotions_scoped.start_date - 56 as is_comparable,
        {% for phase in ['during', 'after'] -%}
        case
            when {{ phase }}_weekday_out_of_scope_amount <= 0 then 100000000
            else greatest(
                0,
                {{ divide_rounded(
                    to_scaled(phase ~ '_out_of_scope_amount', 2) ~ ' * 800000000',
                    to_scaled(phase ~ '_weekday_out_of_scope_amount', 2),
                ) }}
            )
        end as {{ phase }}_trend_parts{{ ',' if not loop.last }}
        {% endfor %}
    from days_summed
    inner join promotions_scoped
        on promotions_scoped.tenant_id = days_summed.tenant_id
        and promotions_scoped.promotion_id = days_summed.promotion_id
    inner join first_orders
        on first_orders.tenant_id = days_summed.tenant_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,

    -- measures
    {% for phase in ['during', 'after'] -%}
    cast({{ phase }}_day_count as integer) as {{ phase }}_day_count,
    {% for column in ['in_scope_amount', 'weekday_in_scope_amount'] -%}
    cast({{ phase }}_{{ column }} as numeric(18, 2)) as {{ phase }}_{{ column }},
    {% endfor -%}
    cast({{ from_scaled(phase ~ '_trend_parts', 8) }} as numeric(28, 8)) as {{ phase }}_trend_rate,
    {% endfor -%}
    cast(during_beside_amount as numeric(18, 2)) as during_beside_amount,
    cast(during_weekday_beside_amount as numeric(18, 2)) as during_weekday_beside_amount,
    cast(before_square_count as numeric(38, 0)) as before_square_count,
    cast(
        {{ where_costed(
            ratio('before_in_scope_amount - before_in_scope_cost_amount', 'before_in_scope_amount'),
            costed='before_in_scope_costed_amount',
            demand='before_in_scope_amount',
        ) }}
        as numeric(28, 8)
    ) as margin_rate,

    -- flags
    cast(is_comparable as boolean) as is_comparable
from promotions_scaled
