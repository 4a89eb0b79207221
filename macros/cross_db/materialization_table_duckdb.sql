{#-
    A table on DuckDB in one call. dbt's own way (create beside, rename, rename, drop) costs four more
    for each of some 80 tables; DuckDB replaces a table within the transaction, so that a statement
    that fails leaves the table as it was.
-#}
{% materialization table, adapter='duckdb' %}
{%- set existing = load_cached_relation(this) -%}
{%- set table = this.incorporate(type='table') %}
{{ run_hooks(pre_hooks) }}
{%- if existing is not none and not existing.is_table %}
{%- do adapter.drop_relation(existing) %}
{%- endif %}
{%- call statement('main') %}
{%- if config.get('contract').enforced %}
{{ get_assert_columns_equivalent(sql) }}
create or replace table {{ table }} {{ get_table_columns_and_constraints() }};
insert into {{ table }} {{ get_column_names() }} (
{{ get_select_subquery(sql) }}
)
{%- else %}
create or replace table {{ table }} as (
{{ sql }}
)
{%- endif %}
{%- endcall %}
{{ run_hooks(post_hooks) }}
{%- do adapter.commit() %}
{{ return({'relations': [table]}) }}
{% endmaterialization %}
