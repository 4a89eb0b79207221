{#-
    A table on DuckDB in one call. dbt's own way (create beside, rename, rename, drop) costs four more
    for each of some 80 tables; DuckDB replaces a table within the transaction, so that a statement
    that fails leaves the table as it was.
-#}
{% materialization table, adapter='duckdb' %}
{%- if builds_changes() %}
{{ return(replace_changed_rows(this, sql)) }}
{%- endif %}
{%- set existing = load_cached_relation(this) -%}
{%- set table = this.incorporate(type='table') %}
{{ run_hooks(pre_hooks) }}
{%- if existing is not none and not existing.is_table %}
{%- do adapter.drop_relation(existing) %}
{%- endif %}
{%- call statement('main') %}
drop table if exists {{ table }};
{{ get_create_table_as_sql(false, table, sql) }}
{%- endcall %}
{{ run_hooks(post_hooks) }}
{%- do adapter.commit() %}
{{ return({'relations': [table]}) }}
{% endmaterialization %}
