{#-
    The statement of the node that runs, reading of each table and view only the rows of the tenants
    in its scope, or of the keys in it. Every key, join and window has the tenant, and of a node
    that is built by a key also that key, so it gives these the rows that the whole statement would.
-#}
{% macro rows_in_scope(sql, incremental={}, scoped={'whole': 1}) -%}
{%- set by = scope__key(incremental) %}
{%- set found = namespace(sql=sql) %}
{%- for unique_id in model.depends_on.nodes %}
{%- set input = graph.nodes.get(unique_id) or graph.sources.get(unique_id) %}
{%- set tenant_column = tenant_column_of(input) %}
{%- if tenant_column %}
{%- set relation = modules.re.escape(input.relation_name) %}
{%- set column = scope__key_in(incremental, input.name) if by and input.name not in incremental.get('across', []) %}
{%- set column = column if column and scope__has_column(input, column) %}
{%- set rows = in_scope(input.relation_name, tenant_column, column, scoped) %}
{%- set rows = rows.replace('\\', '\\\\') %}
{%- set named = rows ~ ' as ' ~ (input.alias or input.identifier) %}
{%- set found.sql = modules.re.sub(relation ~ '(?!\\s+as\\s+\\w)', named, found.sql) %}
{%- set found.sql = modules.re.sub(relation ~ '(?=\\s+as\\s+\\w)', rows, found.sql) %}
{%- endif %}
{%- endfor %}
{{- return(found.sql) }}
{%- endmacro %}

{#- Whether a node of dbt's graph has a column; of views without declared columns their text says. -#}
{% macro scope__has_column(input, column) -%}
    {{ return(column in input.columns or (' as ' ~ column) in (input.raw_code or '')) }}
{%- endmacro %}
