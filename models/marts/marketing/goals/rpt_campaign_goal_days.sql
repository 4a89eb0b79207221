{#-
    How a goal came along, day by day. Days after the day of the data have an expectation and no
    actual; of a custom goal only what has been typed in by now is known.
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

goal_targets as (
    select * from {{ ref('rpt_campaign_goal_targets') }}
),

goal_days_summed as (
    select * from {{ ref('int_marketing__goal_days_summed') }}
),

days_expected as (
    select
        goal_days_elapsed.tenant_id,
        goal_days_elapsed.goal_id,
        goal_days_elapsed.date_day,
        goals.campaign_id,
        goal_targets.target_value,
        {{ from_scaled(divide_rounded(
            to_scaled('goals.target_value', 2)
            ~ ' * ' ~ to_scaled('goal_days_elapsed.elapsed_share', 8),
            '100000000',
        ), 2) }} as expected_value,
        case
            when goals.goal_metric = 'custom'
                and goal_days_elapsed.date_day = least(goals.as_of_date, goals.end_date)
                then coalesce(goals.manual_value, 0)
        end as manual_value,
        goals.goal_metric <> 'custom'
        and goal_days_elapsed.date_day <= goals.as_of_date as is_known
    from goal_days_elapsed
    inner join goals
        on goals.tenant_id = goal_days_elapsed.tenant_id
        and goals.goal_id = goal_days_elapsed.goal_id
    left join goal_targets
        on goal_targets.tenant_id = goal_days_elapsed.tenant_id
        and goal_targets.goal_id = goal_days_elapsed.goal_id
        and goal_targets.valid_from_date <= goal_days_elapsed.date_day
        and coalesce(goal_targets.valid_to_date, cast('9999-12-31' as date))
            >= goal_days_elapsed.date_day
),

days_cumulated as (
    select
        days_expected.*,
        attribution_windows.attribution_model,
        attribution_windows.window_days,
        sum(
            {{ to_scaled('coalesce(goal_days_summed.metric_value, 0)', 8) }}
        ) over (
            partition by
                days_expected.tenant_id,
                days_expected.goal_id,
                attribution_windows.attribution_model,
                attribution_windows.window_days
            order by days_expected.date_day
            rows between unbounded preceding and current row
        ) as actual_parts
    from days_expected
    inner join attribution_windows
        on attribution_windows.tenant_id = days_expected.tenant_id
    left join goal_days_summed
        on goal_days_summed.tenant_id = days_expected.tenant_id
        and goal_days_summed.goal_id = days_expected.goal_id
        and goal_days_summed.attribution_model = attribution_windows.attribution_model
        and goal_days_summed.window_days = attribution_windows.window_days
        and goal_days_summed.date_day = days_expected.date_day
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(goal_id as bigint) as goal_id,
    cast(campaign_id as bigint) as campaign_id,

    -- attributes
    cast(attribution_model as text) as attribution_model,
    cast(window_days as integer) as window_days,

    -- measures
    cast(
        case
            when is_known then {{ from_scaled(divide_rounded('actual_parts', '1000000'), 2) }}
            else manual_value
        end as numeric(18, 2)
    ) as actual_value,
    cast(expected_value as numeric(18, 2)) as expected_value,
    cast(target_value as numeric(18, 2)) as target_value,

    -- dates
    cast(date_day as date) as date_day
from days_cumulated
