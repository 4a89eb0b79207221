with

tenants as (
    select * from {{ source('system', 'sys_tenants') }}
    where id is not null and deleted_at is null
),

tenants_set_aside as (
    select * from {{ ref('int_screening__tenants_set_aside') }}
)

select distinct cast(id as bigint) as tenant_id
from tenants
where id not in (select tenant_id from tenants_set_aside)
