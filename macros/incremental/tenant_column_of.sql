{#-
    The column that says whose a row of a node is: none of seeds, of what the pipeline knows of the
    database, and of tables that all tenants share.
-#}
{% macro tenant_column_of(input) -%}
{%- if input.resource_type == 'source' and input.name == 'sys_tenants' %}
{{- return('id') }}
{%- elif scope__has_column(input, 'tenant_id') %}
{{- return('tenant_id' if input.source_name != 'facet_source' else none) }}
{%- endif %}
{{- return(none) }}
{%- endmacro %}
