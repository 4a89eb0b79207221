{#-
    Creates the table of the keys that are in the scope of the node that runs: those that changes
    of its inputs tell, and those that are found through what else they tell. What an input tells in
    one way is not followed in a later one.
-#}
{% macro put_keys_in_scope(incremental) -%}
{%- set key = incremental.key %}
{%- set ways = ways_of_change(incremental) %}
create temporary table {{ scope__keys() }} as
with

changed as (
    select
        changes.tenant_id,
        changes.key_value,
        {{ ways[0].tells_key }} as is_key,
        {{ scope__way(incremental) }} as way,
        min({{ scope__way(incremental) }}) over (
            partition by inputs.input, inputs.read_as, changes.tenant_id
        ) as first_way
    from {{ scope__changes() }}
    inner join facet_build.scope
        on scope.node = inputs.node
        and scope.tenant_id = changes.tenant_id
        and scope.is_by_key
    where inputs.node = '{{ model.unique_id }}'
),

found as (
    select tenant_id, {{ from_key_value('key_value', key) }} as {{ key }}
    from changed
    where is_key
    {%- for way in ways[1:] %}
    union all
    select bridge.tenant_id, bridge.{{ way.key }}
    from changed
    inner join {{ way.relation }} as bridge
        on bridge.tenant_id = changed.tenant_id
        and bridge.{{ way.told }} = changed.key_value
    where changed.way = {{ loop.index + 1 }} and changed.first_way = {{ loop.index + 1 }}
    {%- endfor %}
)

select distinct tenant_id, {{ key }} from found
where {{ key }} is not null;
{{ gather_statistics(scope__keys()) }};
{%- endmacro %}

{#- The table of these keys. -#}
{% macro scope__keys() -%}
    {{ return('keys__' ~ local_md5(model.unique_id)[:16]) }}
{%- endmacro %}
