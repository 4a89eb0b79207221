{#-
    What each promotion's days, and the 14 after, are compared with: sums over days, eight baselines
    together, the trend that both are scaled by, and how far days strayed from their weekday's mean.
-#}
with

promotion_days as (
    select * from {{ ref('int_marketing__promotion_days_compared') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
    where start_date is not null
),

first_orders as (
    select tenant_id, min(order_date) as first_order_date
    from {{ ref('fct_orders') }}
    group by tenant_id
),

{#- distances: eight times that from the weekday's mean, in cents -#}
days_measured as (
    select
        promotion_days.*,
        8 * {{ to_scaled('in_scope_amount', 2) }} - {{ to_scaled('weekday_in_scope_amount', 2) }}
            as distance_cents
    from promotion_days
),

phases_summed as (
    select
        tenant_id,
        promotion_id,
        phase,
        count(*) as day_count,
        sum(in_scope_amount) as in_scope_amount,
        sum(in_scope_cost_amount) as in_scope_cost_amount,
        sum(in_scope_costed_amount) as in_scope_costed_amount,
        sum(other_products_amount) as other_products_amount,
        sum(out_of_scope_amount) as out_of_scope_amount,
        sum(weekday_in_scope_amount) as weekday_in_scope_amount,
        sum(weekday_other_products_amount) as weekday_other_products_amount,
        sum(weekday_out_of_scope_amount) as weekday_out_of_scope_amount,
        sum(distance_cents * distance_cents) as squared_distance_sum
    from days_measured
    group by tenant_id, promotion_id, phase
),

phases_scaled as (
    select
        phases_summed.*,
        case
            when weekday_out_of_scope_amount > 0
                then greatest(0, {{ divide_rounded(
                    to_scaled('out_of_scope_amount', 2) ~ ' * 800000000',
                    to_scaled('nullif(weekday_out_of_scope_amount, 0)', 2),
                ) }})
            else 100000000
        end as trend_parts
    from phases_summed
),

promotions_compared as (
    select distinct tenant_id, promotion_id
    from promotion_days
),

promotions_modelled as (
    select
        promotions_compared.tenant_id,
        promotions_compared.promotion_id,
        coalesce(during.day_count, 0) as during_day_count,
        coalesce(during.in_scope_amount, 0) as during_in_scope_amount,
        coalesce(during.weekday_in_scope_amount, 0) as during_weekday_in_scope_amount,
        coalesce(during.trend_parts, 100000000) as during_trend_parts,
        coalesce(during.other_products_amount, 0) as during_other_products_amount,
        coalesce(during.weekday_other_products_amount, 0) as during_weekday_other_products_amount,
        coalesce(after.day_count, 0) as after_day_count,
        coalesce(after.in_scope_amount, 0) as after_in_scope_amount,
        coalesce(after.weekday_in_scope_amount, 0) as after_weekday_in_scope_amount,
        coalesce(after.trend_parts, 100000000) as after_trend_parts,
        coalesce(before.in_scope_amount, 0) as before_in_scope_amount,
        coalesce(before.in_scope_cost_amount, 0) as before_in_scope_cost_amount,
        coalesce(before.in_scope_costed_amount, 0) as before_in_scope_costed_amount,
        coalesce(before.squared_distance_sum, 0) as before_squared_distance_sum,
        coalesce(during.day_count, 0) > 0
        and first_orders.first_order_date <= promotion_scopes.start_date - 56 as is_comparable
    from promotions_compared
    inner join promotion_scopes
        on promotion_scopes.tenant_id = promotions_compared.tenant_id
        and promotion_scopes.promotion_id = promotions_compared.promotion_id
    inner join first_orders
        on first_orders.tenant_id = promotions_compared.tenant_id
    left join phases_scaled as before
        on before.tenant_id = promotions_compared.tenant_id
        and before.promotion_id = promotions_compared.promotion_id
        and before.phase = 'before'
    left join phases_scaled as during
        on during.tenant_id = promotions_compared.tenant_id
        and during.promotion_id = promotions_compared.promotion_id
        and during.phase = 'during'
    left join phases_scaled as after
        on after.tenant_id = promotions_compared.tenant_id
        and after.promotion_id = promotions_compared.promotion_id
        and after.phase = 'after'
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,

    -- measures
    cast(during_day_count as integer) as during_day_count,
    cast(during_in_scope_amount as numeric(18, 2)) as during_in_scope_amount,
    cast(during_weekday_in_scope_amount as numeric(18, 2)) as during_weekday_in_scope_amount,
    cast({{ from_scaled('during_trend_parts', 8) }} as numeric(28, 8)) as during_trend_rate,
    cast(after_day_count as integer) as after_day_count,
    cast(after_in_scope_amount as numeric(18, 2)) as after_in_scope_amount,
    cast(after_weekday_in_scope_amount as numeric(18, 2)) as after_weekday_in_scope_amount,
    cast({{ from_scaled('after_trend_parts', 8) }} as numeric(28, 8)) as after_trend_rate,
    cast(during_other_products_amount as numeric(18, 2)) as during_other_products_amount,
    cast(
        during_weekday_other_products_amount as numeric(18, 2)
    ) as during_weekday_other_products_amount,
    cast(before_squared_distance_sum as numeric(38, 0)) as before_squared_distance_sum,
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
from promotions_modelled
