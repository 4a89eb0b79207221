{#-
    What the targets of goals were: a version whenever a run finds another value, dated by the row's
    own updated_at. It is state, not something to build anew: neither `--full` nor `--full-refresh`
    touches it.
-#}
{% snapshot campaign_goal_targets %}
{{ config(
    schema='history',
    unique_key=['tenant_id', 'goal_id'],
    strategy='check',
    check_cols=['target_value'],
    updated_at='updated_at',
) }}
select tenant_id, goal_id, target_value, updated_at
from {{ ref('stg_marketing__campaign_goals') }}
{% endsnapshot %}
