{#-
    A table of which only the tenants are built anew whose rows may have changed, and only those
    replaced whose rows have: what they are is compared by count and by the sum of the rows' hashes.
    Tenants that come out as they were are no change for what reads the table.
-#}
{% macro replace_changed_tenants(table, sql) -%}
{%- call statement('main', fetch_result=true) %}
{{ scope() }}
{%- endcall %}
{%- if load_result('main').table.rows[0][0] %}
{%- set built = adapter.quote('built__' ~ local_md5(model.unique_id)[:16]) %}
{%- set columns = model.columns | join(', ') %}
{%- set replaced %}
coalesce(tenant_id, 0) in (
    select changes.tenant_id
    from facet_build.changes
    inner join facet_build.scope
        on scope.node = changes.node
        and scope.tenant_id = changes.tenant_id
    where changes.node = '{{ model.unique_id }}'
)
{%- endset %}
{%- call statement('replace') %}
create temporary table {{ built }} as select * from {{ table }} where false;
insert into {{ built }} ({{ columns }})
select {{ columns }} from (
{{ rows_in_scope(sql) }}
) as built
where {{ in_scope() }};
insert into facet_build.changes (node, tenant_id)
select '{{ model.unique_id }}', coalesce(before.tenant_id, after.tenant_id)
from (
    select
        coalesce(tenant_id, 0) as tenant_id,
        count(*) as row_count,
        {{ hash_of_rows() }} as hash
    from {{ table }}
    where {{ in_scope() }}
    group by 1
) as before
full join (
    select
        coalesce(tenant_id, 0) as tenant_id,
        count(*) as row_count,
        {{ hash_of_rows() }} as hash
    from {{ built }}
    group by 1
) as after
    on after.tenant_id = before.tenant_id
where before.row_count is distinct from after.row_count or before.hash is distinct from after.hash;
delete from {{ table }} where {{ replaced }};
insert into {{ table }} select * from {{ built }} where {{ replaced }};
drop table {{ built }};
{%- endcall %}
{%- endif %}
{%- do adapter.commit() %}
{{- return({'relations': [table]}) }}
{%- endmacro %}
