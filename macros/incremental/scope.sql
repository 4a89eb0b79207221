{#-
    Puts the tenants into the scope of the node that runs in whose rows something changed that it
    reads, and counts them: those of whom all rows are in it, and those of whom only the rows of
    some keys are (docs/decisions/0034), which are in the table `scope__keys` names. A change of
    no tenant, as of a table that all share, reaches everybody. A change that does not say which
    keys it reaches is one of the whole tenant.
-#}
{% macro scope(incremental={}) -%}
{%- set by = scope__key(incremental) %}
insert into facet_build.scope
with

changed as (
    select
        changes.tenant_id,
        count(changes.tenant_id) > 0
        and count(changes.key_name) = count(*)
        and min({{ scope__way(incremental) if by else 'cast(null as integer)' }}) is not null
        as is_by_key
    from {{ scope__changes() }}
    where inputs.node = '{{ model.unique_id }}'
    group by inputs.input, inputs.read_as, changes.tenant_id
)

select
    '{{ model.unique_id }}' as node,
    coalesce(changed.tenant_id, tenants.tenant_id) as tenant_id,
    bool_and(changed.is_by_key) as is_by_key
from changed
left join facet_build.tenants
    on changed.tenant_id is null
where coalesce(changed.tenant_id, tenants.tenant_id) is not null
group by 1, 2;
{%- if by %}
{{ put_keys_in_scope(incremental) }}
{%- endif %}
select
    count(case when not is_by_key then 1 end) as whole_count,
    count(case when is_by_key then 1 end) as by_key_count
from facet_build.scope
where node = '{{ model.unique_id }}'
{%- endmacro %}

{#- Of a table that tells whose rows of which table changed, those of the table that is read. -#}
{% macro scope__changes() -%}
facet_build.inputs
    inner join facet_build.changes
        on changes.node = inputs.input
        and (
            inputs.told_as is null
            or changes.key_name is null
            or changes.key_name = inputs.told_as
        )
{%- endmacro %}

{#- The key by which the rows of a node are chosen that are built; none where tenants are. -#}
{% macro scope__key(incremental) -%}
    {{ return(none if incremental.get('by_tenant') else incremental.get('key')) }}
{%- endmacro %}

{#- What the key of a node is called in what it reads. -#}
{% macro scope__key_in(incremental, name) -%}
    {{ return(incremental.get('named', {}).get(name, incremental.key)) }}
{%- endmacro %}
