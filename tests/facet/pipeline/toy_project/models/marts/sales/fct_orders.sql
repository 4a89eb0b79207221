select
    cast(tenant_id as bigint) as tenant_id,
    cast(id as bigint) as order_id,
    cast(total as numeric(18, 2)) as total_amount,
    cast(ordered_at as date) as order_date,
    cast(ordered_at as timestamptz) as ordered_at
from {{ ref('stg_shop__orders') }}
