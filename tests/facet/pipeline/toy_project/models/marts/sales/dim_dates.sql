select distinct
    cast(tenant_id as bigint) as tenant_id,
    cast(ordered_at as date) as date_day
from {{ ref('stg_shop__orders') }}
