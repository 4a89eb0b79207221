{#-
    Where every goal stands on the day of the data (definitions.md, Campaign goals;
    docs/decisions/0010). Reckoned in whole numbers: actuals in hundred-millionths, targets in
    cents.
-#}
with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

attribution_windows as (
    select * from {{ ref('int_marketing__attribution_windows_listed') }}
),

goal_days_elapsed as (
    select * from {{ ref('int_marketing__goal_days_elapsed') }}
),

goal_days_summed as (
    select * from {{ ref('int_marketing__goal_days_summed') }}
),

{#- the spread of days is reckoned in cents where the goal is money, so that squares have room -#}
days_counted as (
    select
        goal_days_summed.tenant_id,
        goal_days_summed.goal_id,
        goal_days_summed.attribution_model,
        goal_days_summed.window_days,
        {{ to_scaled('goal_days_summed.metric_value', 8) }} as actual_parts,
        case
            when goal_days_summed.date_day >= goals.as_of_date then 0
            else {{ to_scaled('goal_days_summed.metric_value', 8) }}
        end as actual_to_date_parts,
        case
            when goal_days_summed.date_day >= goals.as_of_date then 0
            when goals.goal_metric = 'net_sales'
                then {{ to_scaled('goal_days_summed.metric_value', 2) }}
            else {{ to_scaled('goal_days_summed.metric_value', 8) }}
        end as gone_units
    from goal_days_summed
    inner join goals
        on goals.tenant_id = goal_days_summed.tenant_id
        and goals.goal_id = goal_days_summed.goal_id
),

actuals as (
    select
        tenant_id,
        goal_id,
        attribution_model,
        window_days,
        sum(actual_parts) as actual_parts,
        sum(actual_to_date_parts) as actual_to_date_parts,
        sum(gone_units) as gone_units,
        sum(gone_units * gone_units) as gone_unit_squares
    from days_counted
    group by tenant_id, goal_id, attribution_model, window_days
),

goals_elapsed as (
    select
        goals.*,
        first_days.elapsed_basis,
        first_days.elapsed_event_code,
        coalesce(days_gone.elapsed_share, 0) as elapsed_share
    from goals
    inner join goal_days_elapsed as first_days
        on first_days.tenant_id = goals.tenant_id
        and first_days.goal_id = goals.goal_id
        and first_days.date_day = goals.start_date
    left join goal_days_elapsed as days_gone
        on days_gone.tenant_id = goals.tenant_id
        and days_gone.goal_id = goals.goal_id
        and days_gone.date_day = least(goals.as_of_date - 1, goals.end_date)
),

goals_measured as (
    select
        goals_elapsed.*,
        attribution_windows.attribution_model,
        attribution_windows.window_days,
        {{ to_scaled('goals_elapsed.target_value', 2) }} as target_cents,
        {{ to_scaled('goals_elapsed.elapsed_share', 8) }} as share_parts,
        case
            when goals_elapsed.goal_metric = 'custom'
                then {{ to_scaled('coalesce(goals_elapsed.manual_value, 0)', 8) }}
            else coalesce(actuals.actual_parts, 0)
        end as actual_parts,
        {#- of a custom goal one value is known, that of now -#}
        case
            when goals_elapsed.goal_metric = 'custom'
                then {{ to_scaled('coalesce(goals_elapsed.manual_value, 0)', 8) }}
            else coalesce(actuals.actual_to_date_parts, 0)
        end as actual_to_date_parts,
        case
            when goals_elapsed.gone_day_count >= 3 and goals_elapsed.goal_metric <> 'custom'
                then goals_elapsed.gone_day_count * coalesce(actuals.gone_unit_squares, 0)
                    - coalesce(actuals.gone_units * actuals.gone_units, 0)
        end as spread_units
    from goals_elapsed
    inner join attribution_windows
        on attribution_windows.tenant_id = goals_elapsed.tenant_id
    left join actuals
        on actuals.tenant_id = goals_elapsed.tenant_id
        and actuals.goal_id = goals_elapsed.goal_id
        and actuals.attribution_model = attribution_windows.attribution_model
        and actuals.window_days = attribution_windows.window_days
),

goals_paced as (
    {{ measured_pace('goals_measured') }}
),

goals_projected as (
    select
        goals_paced.*,
        case
            when share_parts > 0 and spread_units is not null then cast(
                floor(
                    cast(1.645 as double precision) * sqrt(
                        cast(spread_units as double precision)
                        * cast(left_day_count as double precision)
                        / cast(nullif(gone_day_count * (gone_day_count - 1), 0) as double precision)
                    ) / case
                        when goal_metric = 'net_sales' then cast(1 as double precision)
                        else cast(1000000 as double precision)
                    end + cast(0.5 as double precision)
                ) as bigint
            )
        end as half_interval_cents
    from goals_paced
),

children as (
    select
        parents.tenant_id,
        parents.goal_id,
        parents.attribution_model,
        parents.window_days,
        sum(goals_measured.actual_parts) as actual_parts,
        sum(goals_measured.target_value) as target_value,
        count(*) as child_count
    from goals_measured as parents
    inner join goals_measured
        on goals_measured.tenant_id = parents.tenant_id
        and goals_measured.parent_goal_id = parents.goal_id
        and goals_measured.goal_metric = parents.goal_metric
        and goals_measured.attribution_model = parents.attribution_model
        and goals_measured.window_days = parents.window_days
    group by
        parents.tenant_id, parents.goal_id, parents.attribution_model, parents.window_days
)

select
    -- keys
    cast(goals.tenant_id as bigint) as tenant_id,
    cast(goals.goal_id as bigint) as goal_id,
    cast(goals.campaign_id as bigint) as campaign_id,
    cast(goals.parent_goal_id as bigint) as parent_goal_id,

    -- attributes
    cast(goals.attribution_model as text) as attribution_model,
    cast(goals.window_days as integer) as window_days,
    cast(goals.goal_name as text) as goal_name,
    cast(goals.campaign_name as text) as campaign_name,
    cast(goals.goal_metric as text) as goal_metric,
    cast(goals.pace_status as text) as goal_status,
    cast(goals.elapsed_basis as text) as elapsed_basis,
    cast(goals.elapsed_event_code as text) as elapsed_event_code,

    -- measures
    cast(goals.target_value as numeric(18, 2)) as target_value,
    cast({{ from_scaled('actual_cents', 2) }} as numeric(18, 2)) as actual_value,
    cast({{ from_scaled('actual_to_date_cents', 2) }} as numeric(18, 2)) as actual_to_date_value,
    cast(goals.elapsed_share as numeric(9, 8)) as elapsed_share,
    cast({{ from_scaled('expected_cents', 2) }} as numeric(18, 2)) as expected_to_date_value,
    cast({{ from_scaled('attainment_parts', 8) }} as numeric(28, 8)) as attainment_rate,
    cast({{ from_scaled('pace_parts', 8) }} as numeric(28, 8)) as pace_rate,
    {#- what has come in stays: nothing is projected below it -#}
    {% for name, cents in {
        'projected': 'extrapolated_cents',
        'projected_low': 'extrapolated_cents - half_interval_cents',
        'projected_high': 'extrapolated_cents + half_interval_cents',
    }.items() -%}
    cast(
        {{ from_scaled(
            'case when (' ~ cents ~ ') is not null then greatest(actual_cents, ' ~ cents ~ ') end',
            2,
        ) }} as numeric(18, 2)
    ) as {{ name }}_value,
    {% endfor -%}
    cast(
        {{ from_scaled('required_per_day_cents', 2) }} as numeric(18, 2)
    ) as required_per_day_value,
    cast({{ from_scaled(divide_rounded('children.actual_parts', '1000000'), 2) }} as numeric(18, 2))
        as children_actual_value,
    cast(children.target_value as numeric(18, 2)) as children_target_value,
    cast(coalesce(children.child_count, 0) as integer) as child_count,
    cast(goals.left_day_count as integer) as days_left,

    -- dates
    cast(goals.start_date as date) as start_date,
    cast(goals.end_date as date) as end_date
from goals_projected as goals
left join children
    on children.tenant_id = goals.tenant_id
    and children.goal_id = goals.goal_id
    and children.attribution_model = goals.attribution_model
    and children.window_days = goals.window_days
