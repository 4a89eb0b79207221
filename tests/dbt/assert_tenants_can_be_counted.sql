-- Fails when a tenant is set aside: for what, its reason says.
select tenant_id, reason
from {{ ref('int_screening__tenants_set_aside') }}
