with

goals as (
    select * from {{ ref('int_marketing__goals_dated') }}
),

days_elapsed as (
    select * from {{ ref('int_sales__days_elapsed') }}
)

select
    -- keys
    cast(goals.tenant_id as bigint) as tenant_id,
    cast(goals.goal_id as bigint) as goal_id,
    cast(days_elapsed.date_day as date) as date_day,

    -- attributes
    cast(days_elapsed.elapsed_basis as text) as elapsed_basis,
    cast(days_elapsed.elapsed_event_code as text) as elapsed_event_code,

    -- measures
    cast(days_elapsed.elapsed_share as numeric(9, 8)) as elapsed_share
from goals
inner join days_elapsed
    on days_elapsed.tenant_id = goals.tenant_id
    and days_elapsed.start_date = goals.start_date
    and days_elapsed.end_date = goals.end_date
