{#- $english: what it is for, in a sentence. -#}
with

$step as (
    select * from {{ ref('$reads') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
$casts

    -- dates
    cast($day as date) as $day
from $step
