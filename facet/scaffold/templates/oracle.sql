-- $english by tenant and local day, from the operational tables, as docs/definitions.md says it: no look at the model.
-- 00_sales.sql makes what it may stand on: tenant, placed and counted (orders, by id, with their local day), line_of_any.
-- It is still to be written: until `where false` has given way to what must come out, its test fails.
select tenant_id, '$metric' as metric, day, count(*) as value
from counted
where false
group by tenant_id, day
