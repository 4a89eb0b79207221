{#-
    What each promotion is modelled to have brought about (definitions.md, Lift;
    docs/decisions/0011). Counted in whole cents, so that both engines round alike.
-#}
with

promotions as (
    select * from {{ ref('rpt_promotions') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

promotions_modelled as (
    select * from {{ ref('int_marketing__promotions_modelled') }}
    where is_comparable
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

{#-
    The variance of a sum over the days, in eighths of that of a day: the days, and n² eighths for
    each weekday with n of them, as the mean of its 8 days before errs n times alike.
-#}
variances_scaled as (
    select
        promotions_modelled.*,
        8 * during_day_count
        + 7 * week_count * week_count
        + 2 * week_count * odd_day_count
        + odd_day_count as variance_factor
    from (
        select
            promotions_modelled.*,
            {{ integer_divide('during_day_count', '7') }} as week_count,
            during_day_count % 7 as odd_day_count
        from promotions_modelled
    ) as promotions_modelled
),

{#-
    Their standard deviation, in whole 224ths of a cent (docs/decisions/0024): squares are 64-fold
    and their freedom is 49, the factor is eightfold, and 2 × 64 × 49 × 8 is 224².
-#}
standard_deviations as (
    select
        variances_scaled.*,
        {{ whole_root(
            '2 * cast(before_squared_distance_sum as ' ~ type_wide_integer() ~ ') * variance_factor'
        ) }} as deviation_parts
    from variances_scaled
),

{#- 1.645 / 224 is 47 / 6400; the trend has eight places -#}
intervals as (
    select
        standard_deviations.*,
        {{ divide_rounded(
            '47 * deviation_parts * ' ~ to_scaled('during_trend_rate', 8), '640000000000'
        ) }} as half_interval_cents,
        {{ baseline_cents('during_weekday_in_scope_amount', 'during_trend_rate') }}
            as baseline_cents,
        {{ baseline_cents('during_weekday_other_products_amount', 'during_trend_rate') }}
            as other_products_baseline_cents,
        {{ baseline_cents('after_weekday_in_scope_amount', 'after_trend_rate') }}
            as after_baseline_cents
    from standard_deviations
),

lifts as (
    select
        promotions.tenant_id,
        promotions.promotion_id,
        promotions.promotion_code,
        promotions.promotion_name,
        promotions.promotion_type,
        promotions.start_date,
        promotions.end_date,
        case
            when intervals.promotion_id is not null then null
            when promotions.start_date is null then 'no_start'
            when promotions.end_date < promotions.start_date then 'no_days'
            when promotions.start_date >= tenants.as_of_date then 'not_started'
            else 'too_short_history'
        end as lift_reason,
        coalesce(intervals.during_day_count, 0) as days_measured,
        intervals.during_trend_rate,
        intervals.margin_rate,
        {{ to_scaled('promotions.discount_cost_amount', 2) }} as cost_cents,
        {{ to_scaled('intervals.during_in_scope_amount', 2) }} as actual_cents,
        intervals.baseline_cents,
        {{ to_scaled('intervals.during_in_scope_amount', 2) }} - intervals.baseline_cents
            as lift_cents,
        intervals.half_interval_cents,
        case
            when intervals.after_day_count > 0
                then
                    {{ to_scaled('intervals.after_in_scope_amount', 2) }}
                    - intervals.after_baseline_cents
        end as pull_forward_cents,
        case
            when promotion_scopes.has_products or promotion_scopes.has_categories
                then
                    {{ to_scaled('intervals.during_other_products_amount', 2) }}
                    - intervals.other_products_baseline_cents
        end as cannibalisation_cents
    from promotions
    inner join promotion_scopes
        on promotion_scopes.tenant_id = promotions.tenant_id
        and promotion_scopes.promotion_id = promotions.promotion_id
    inner join tenants
        on tenants.tenant_id = promotions.tenant_id
    left join intervals
        on intervals.tenant_id = promotions.tenant_id
        and intervals.promotion_id = promotions.promotion_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(promotion_id as bigint) as promotion_id,

    -- attributes
    cast(promotion_code as text) as promotion_code,
    cast(promotion_name as text) as promotion_name,
    cast(promotion_type as text) as promotion_type,
    cast(lift_reason as text) as lift_reason,

    -- measures
    cast(days_measured as integer) as days_measured,
    cast({{ from_scaled('actual_cents', 2) }} as numeric(28, 2)) as actual_amount,
    cast({{ from_scaled('baseline_cents', 2) }} as numeric(28, 2)) as baseline_amount,
    cast({{ from_scaled('lift_cents', 2) }} as numeric(28, 2)) as lift_amount,
    {% for name, sign in {'low': '-', 'high': '+'}.items() -%}
    cast(
        {{ from_scaled('lift_cents ' ~ sign ~ ' half_interval_cents', 2) }} as numeric(28, 2)
    ) as lift_{{ name }}_amount,
    {% endfor -%}
    cast({{ from_scaled('pull_forward_cents', 2) }} as numeric(28, 2)) as pull_forward_amount,
    cast({{ from_scaled('cannibalisation_cents', 2) }} as numeric(28, 2)) as cannibalisation_amount,
    cast(during_trend_rate as numeric(28, 8)) as trend_rate,
    cast(margin_rate as numeric(28, 8)) as margin_rate,
    cast(
        {{ from_scaled(integer_divide(
            '(lift_cents * ' ~ to_scaled('margin_rate', 8) ~ ' - cost_cents * 100000000)',
            'nullif(cost_cents, 0)',
        ), 8) }} as numeric(28, 8)
    ) as promotion_roi,

    -- dates
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from lifts
