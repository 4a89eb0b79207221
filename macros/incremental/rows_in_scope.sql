{#-
    The statement of the node that runs, reading of each table and view only the rows of the tenants
    in its scope. Every key, join and window has the tenant, so it gives these tenants the rows that
    the whole statement would.
-#}
{% macro rows_in_scope(sql) -%}
{%- set scoped = namespace(sql=sql) %}
{%- for unique_id in model.depends_on.nodes %}
{%- set input = graph.nodes.get(unique_id) or graph.sources.get(unique_id) %}
{%- set tenant_column = tenant_column_of(input) %}
{%- if tenant_column %}
{%- set relation = modules.re.escape(input.relation_name) %}
{%- set rows = '(select * from ' ~ input.relation_name ~ ' where ' ~ in_scope(tenant_column) ~ ')' %}
{%- set rows = rows.replace('\\', '\\\\') %}
{%- set named = rows ~ ' as ' ~ (input.alias or input.identifier) %}
{%- set scoped.sql = modules.re.sub(relation ~ '(?!\\s+as\\s+\\w)', named, scoped.sql) %}
{%- set scoped.sql = modules.re.sub(relation ~ '(?=\\s+as\\s+\\w)', rows, scoped.sql) %}
{%- endif %}
{%- endfor %}
{{- return(scoped.sql) }}
{%- endmacro %}
