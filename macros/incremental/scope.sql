{#-
    Puts the tenants into the scope of the node that runs in whose rows something changed that it
    reads, and counts them. A change of no tenant, as of a table that all share, reaches everybody.
-#}
{% macro scope() -%}
{%- set node = model.unique_id %}
insert into facet_build.scope
select distinct
    '{{ node }}' as node,
    coalesce(changes.tenant_id, tenants.tenant_id) as tenant_id
from facet_build.inputs
inner join facet_build.changes
    on changes.node = inputs.input
left join facet_build.tenants
    on changes.tenant_id is null
where inputs.node = '{{ node }}'
    and coalesce(changes.tenant_id, tenants.tenant_id) is not null;
select count(*) from facet_build.scope where node = '{{ node }}'
{%- endmacro %}
