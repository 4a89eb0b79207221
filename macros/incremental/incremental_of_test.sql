{#-
    What `config.meta.incremental` is of a data test: as it says itself; of what is asked of each
    row of a model by itself, and of rows that share a key with the model's in it, the key that the
    model tells. Other tests look at whole tenants.
-#}
{% macro incremental_of_test() -%}
{%- set declared = (config.get('meta') or {}).get('incremental') %}
{%- if declared or not model.attached_node %}
{{- return(declared or {}) }}
{%- endif %}
{%- set of = graph.nodes[model.attached_node] %}
{%- set key = (of.config.meta or {}).get('incremental', {}).get('key') %}
{%- set asked = model.test_metadata %}
{%- set is_by_key = asked.name == 'accepted'
    or asked.name == 'grain' and key in asked.kwargs.get('columns', []) %}
{%- if key and of.columns[key].data_type == 'bigint' and is_by_key %}
{{- return({'key': key}) }}
{%- endif %}
{{- return({}) }}
{%- endmacro %}
