{#-
    In which ways a change can say which keys of the node that runs it reaches, the first first:
    a condition on the change, and the relation that has the keys of what it tells, with the columns
    of both; the first way has none, as it tells the keys.

    A row that is refused, or is no longer, is told by its id. Staging has it no more, so that its
    key is looked up in its operational table.
-#}
{% macro ways_of_change(incremental) -%}
{%- set across = incremental.get('across', []) %}
{%- set own -%}
{%- if incremental.get('named') -%}
changes.key_name = case inputs.read_as
{%- for name, column in incremental.named.items() %} when '{{ name }}' then '{{ column }}'{% endfor %}
{{- '' }} else '{{ incremental.key }}' end
{%- else -%}
changes.key_name = '{{ incremental.key }}'
{%- endif -%}
{%- endset %}
{%- set ways = [{
    'condition': own ~ (" and inputs.read_as not in ('" ~ across | join("', '") ~ "')" if across else ''),
    'tells_key': own,
}] %}
{%- set staged = scope__staged(incremental) %}
{%- for key_name, name in incremental.get('through', {}).items() %}
{%- set bridge = graph.nodes.values() | selectattr('name', 'equalto', name) | first %}
{%- set by_id = staged | selectattr('id_name', 'equalto', key_name) | rejectattr('key') | map(attribute='name') | list %}
{%- do ways.append({
    'condition': "changes.key_name = '" ~ key_name ~ "'",
    'relation': bridge.relation_name, 'told': key_name, 'key': scope__key_in(incremental, name),
}) %}
{%- if by_id %}
{%- do ways.append({
    'condition': "changes.key_name = inputs.told_as and inputs.read_as in ('" ~ by_id | join("', '") ~ "')",
    'relation': bridge.relation_name, 'told': key_name, 'key': scope__key_in(incremental, name),
}) %}
{%- endif %}
{%- endfor %}
{%- for input in staged if input.key %}
{%- do ways.append({
    'condition': "changes.key_name = inputs.told_as and inputs.read_as = '" ~ input.name ~ "'",
    'relation': input.source.relation_name, 'told': 'id', 'key': input.key,
}) %}
{%- endfor %}
{{- return(ways) }}
{%- endmacro %}

{#- The number of the first of them that holds; null where none does. -#}
{% macro scope__way(incremental) -%}
case
{%- for way in ways_of_change(incremental) %}
    when {{ way.condition }} then {{ loop.index }}
{%- endfor %}
end
{%- endmacro %}

{#-
    The staging views that the node that runs reads, each with its table, the name of its id, and the
    column of the table that has the key; none where it has none, or is read across keys.
-#}
{% macro scope__staged(incremental) -%}
{%- set found = [] %}
{%- for unique_id in model.depends_on.nodes %}
{%- set node = graph.nodes.get(unique_id) %}
{%- if node and node.config.materialized == 'view' %}
{%- set sources = node.depends_on.nodes | select('in', graph.sources.keys() | list) | list %}
{%- set source = graph.sources[sources[0]] if sources | length == 1 %}
{%- set entity = (source.config.get('meta') or source.meta or {}).get('entity') if source %}
{%- if source and 'id' in source.columns and entity %}
{%- set column = scope__key_in(incremental, node.name) %}
{%- set key = 'id' if column == entity ~ '_id' else column if column in source.columns %}
{%- do found.append({
    'name': node.name, 'source': source, 'id_name': entity ~ '_id',
    'key': key if scope__has_column(node, column) and node.name not in incremental.get('across', []),
}) %}
{%- endif %}
{%- endif %}
{%- endfor %}
{{- return(found) }}
{%- endmacro %}
