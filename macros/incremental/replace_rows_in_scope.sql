{#-
    The statements that build the rows in the scope of the node that runs beside those there are,
    compare both, record what changed, and replace it.
-#}
{% macro replace_rows_in_scope(table, sql, incremental, scoped) -%}
{%- set key = incremental.get('key') %}
{%- set by = scope__key(incremental) %}
{%- set unit = ['tenant_id', key] if key else ['tenant_id'] %}
{%- set name = local_md5(model.unique_id)[:16] %}
{%- set built, changed = 'built__' ~ name, 'changed__' ~ name %}
{%- set columns = model.columns | join(', ') %}
create temporary table {{ built }} as select * from {{ table }} where false;
{%- if by %}
alter table {{ built }} alter column {{ by }} set not null;
{%- endif %}
insert into {{ built }} ({{ columns }})
select {{ columns }} from (
{{ rows_in_scope(sql, incremental, scoped) }}
) as built
where coalesce(tenant_id, 0) in (
        select tenant_id from facet_build.scope
        where node = '{{ model.unique_id }}' and not is_by_key
    )
    {%- if by %}
    or (tenant_id, {{ by }}) in (select * from {{ scope__keys() }})
    {%- endif %};
create temporary table {{ changed }} as
select
    {%- for column in unit %}
    coalesce(before.{{ column }}, after.{{ column }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from ({{ replace_rows_in_scope__summed(in_scope(table, column=by, scoped=scoped) ~ ' as rows_before', unit, by) }}) as before
full join ({{ replace_rows_in_scope__summed(built, unit, by) }}) as after
    on {% for column in unit %}{{ ' and ' if not loop.first }}after.{{ column }} = before.{{ column }}{% endfor %}
where before.row_count is distinct from after.row_count or before.hash is distinct from after.hash;
{{ gather_statistics(changed) }};
{%- set are_changed -%}
({{ replace_rows_in_scope__values(unit, by) | join(', ') }}) in (select * from {{ changed }})
{%- endset %}
{%- set named_by = incremental.get('named_by') %}
{%- if not named_by %}
insert into facet_build.changes (node, tenant_id, key_name, key_value)
select
    '{{ model.unique_id }}', tenant_id,
    {{ "'" ~ key ~ "', " ~ to_key_value(key) if key else 'null, null' }}
from {{ changed }};
{%- endif %}
{%- for column in ([key] if named_by else incremental.get('tells', [])) %}
{%- set told %}
select
    coalesce(tenant_id, 0) as tenant_id,
    {{ named_by or "'" ~ column ~ "'" }} as key_name,
    coalesce({{ to_key_value(column) }}, 0) as key_value
{%- endset %}
insert into facet_build.changes (node, tenant_id, key_name, key_value)
select '{{ model.unique_id }}', tenant_id, key_name, key_value
from (
    {{ told }} from {{ table }} where {{ are_changed }}
    union
    {{ told }} from {{ built }} where {{ are_changed }}
) as told;
{%- endfor %}
delete from {{ table }} where {{ are_changed }};
insert into {{ table }} select * from {{ built }} where {{ are_changed }};
drop table {{ built }};
drop table {{ changed }};
{%- endmacro %}

{#- How many rows of a relation each tenant or key has, and what they are. -#}
{% macro replace_rows_in_scope__summed(relation, unit, by) -%}
    select
        {%- for value in replace_rows_in_scope__values(unit, by) %}
        {{ value }} as {{ unit[loop.index0] }},
        {%- endfor %}
        count(*) as row_count,
        {{ hash_of_rows() }} as hash
    from {{ relation }}
    group by {{ range(1, unit | length + 1) | join(', ') }}
{%- endmacro %}

{#-
    The values by which rows are compared: none is like 0, but of the key by which they are chosen,
    which is never none.
-#}
{% macro replace_rows_in_scope__values(unit, by) -%}
{%- set values = [] %}
{%- for column in unit %}
{%- set nothing = "cast('1970-01-01' as date)" if (model.columns.get(column) or {}).get('data_type') == 'date' else '0' %}
{%- do values.append(column if column == by else 'coalesce(' ~ column ~ ', ' ~ nothing ~ ')') %}
{%- endfor %}
{{- return(values) }}
{%- endmacro %}
