{#-
    A view on DuckDB in one statement. dbt's own way (create beside, rename, rename, drop) takes
    twice as long for each of some 150 views, and DuckDB replaces a view at once.
-#}
{% materialization view, adapter='duckdb' %}
{%- set existing = load_cached_relation(this) -%}
{%- set view = this.incorporate(type='view') -%}
{{ run_hooks(pre_hooks) }}
{%- if existing is not none and not existing.is_view %}
{%- do adapter.drop_relation(existing) %}
{%- endif %}
{%- call statement('main') %}
create or replace view {{ view }} as (
{{ sql }}
)
{%- endcall %}
{{ run_hooks(post_hooks) }}
{%- do adapter.commit() %}
{{ return({'relations': [view]}) }}
{% endmaterialization %}
