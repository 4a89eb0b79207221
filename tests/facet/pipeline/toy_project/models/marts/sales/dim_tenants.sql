select
    cast(id as bigint) as tenant_id,
    cast(name as text) as tenant_name,
    cast(is_demo as boolean) as is_demo
from {{ source('shop', 'sys_tenants') }}
