{#-
    What share of a conversion belongs to a campaign, by each model and window, in whole
    hundred-millionths. Most paths name one campaign, which has all of it in every model; only the
    others are split. A touch of n campaigns weighs 1/n for each: times a number that every n up to
    40 divides, so that weights stay whole.
-#}
{%- set divisible = 'cast(5342931457063200 as ' ~ type_wide_integer() ~ ')' %}
with

touches_collected as (
    select * from {{ ref('int_marketing__touches_collected') }}
),

touches_in_windows as (
    {% for days in var('attribution_windows') -%}
    select touches_collected.*, {{ days }} as window_days
    from touches_collected
    where age_microseconds <= cast({{ days * 24 * 60 * 60 }} as bigint) * 1000000
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
),

paths as (
    select
        tenant_id,
        conversion_type,
        conversion_id,
        window_days,
        conversion_date,
        min(touch_number) as first_number,
        max(touch_number) as last_number,
        max(touch_number) - min(touch_number) + 1 as touch_count,
        min(campaign_id) as campaign_id,
        min(campaign_id) <> max(campaign_id) as is_shared
    from touches_in_windows
    group by tenant_id, conversion_type, conversion_id, window_days, conversion_date
),

touches_of_shared_paths as (
    select
        touches_in_windows.*,
        paths.first_number,
        paths.last_number,
        paths.touch_count
    from touches_in_windows
    inner join paths
        on paths.tenant_id = touches_in_windows.tenant_id
        and paths.conversion_type = touches_in_windows.conversion_type
        and paths.conversion_id = touches_in_windows.conversion_id
        and paths.window_days = touches_in_windows.window_days
    where paths.is_shared
),

wholes as (
    {% for attribution_model in var('attribution_models') -%}
    select
        tenant_id, '{{ attribution_model }}' as attribution_model, window_days,
        conversion_type, conversion_id, campaign_id, conversion_date
    from paths
    where not is_shared
    union all
    {% endfor -%}
    {% for attribution_model, is_it in {
        'last_touch': 'is_last', 'first_touch': 'touch_number = first_number'
    }.items() -%}
    select
        tenant_id, '{{ attribution_model }}' as attribution_model, window_days,
        conversion_type, conversion_id, campaign_id, conversion_date
    from touches_of_shared_paths
    where campaign_count = 1 and {{ is_it }}
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
),

touches_weighed as (
    {% for attribution_model, (weight, condition) in {
        'last_touch': ('1', 'campaign_count > 1 and is_last'),
        'first_touch': ('1', 'campaign_count > 1 and touch_number = first_number'),
        'linear': ('1', 'true'),
        'position_based': (
            'case when touch_count > 2 and touch_number in (first_number, last_number)'
            ~ ' then 2 * (touch_count - 2) else 1 end',
            'true',
        ),
        'time_decay': (
            'cast(round(1000000 * power(cast(2 as double precision),'
            ~ ' -cast(age_microseconds as double precision) / 604800000000)) as bigint)',
            'true',
        ),
    }.items() -%}
    select
        tenant_id, '{{ attribution_model }}' as attribution_model, window_days,
        conversion_type, conversion_id, campaign_id, conversion_date, touch_number,
        {{ weight }} * {{ integer_divide(divisible, 'campaign_count') }} as touch_weight,
        cast(100000000 as {{ type_wide_integer() }}) as whole_weight
    from touches_of_shared_paths
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
),

touches_split as (
    {{ split_by_largest_remainder(
        relation='touches_weighed',
        amount='whole_weight',
        weight='touch_weight',
        group_by=[
            'tenant_id', 'attribution_model', 'window_days', 'conversion_type', 'conversion_id'
        ],
        tie_break='touch_number, campaign_id',
        result='weight_parts',
    ) }}
),

weights as (
    select
        tenant_id, attribution_model, window_days, conversion_type, conversion_id, campaign_id,
        conversion_date, cast(100000000 as bigint) as weight_parts
    from wholes
    union all
    select
        tenant_id, attribution_model, window_days, conversion_type, conversion_id, campaign_id,
        conversion_date, cast(sum(weight_parts) as bigint) as weight_parts
    from touches_split
    group by
        tenant_id, attribution_model, window_days, conversion_type, conversion_id, campaign_id,
        conversion_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,
    cast(conversion_type as text) as conversion_type,
    cast(conversion_id as bigint) as conversion_id,
    cast(campaign_id as bigint) as campaign_id,

    -- measures
    cast(weight_parts as bigint) as weight_parts,

    -- dates
    cast(conversion_date as date) as conversion_date
from weights
