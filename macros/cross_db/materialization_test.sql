{#-
    A data test in one statement where it passes, as all of some 210 do in most runs; dbt's own way
    (drop what failed before, store what fails, count it) takes four. What fails is stored after it
    was counted.
-#}
{% materialization test, default %}
{%- set stored = load_cached_relation(this) %}
{%- if stored is not none %}
{%- do adapter.drop_relation(stored) %}
{%- endif %}
{%- set incremental = incremental_of_test() %}
{%- if builds_changes() %}
{%- call statement('scope', fetch_result=true) %}
{{ scope(incremental) }}
{%- endcall %}
{%- set counted = load_result('scope').table.rows[0] %}
{%- set sql = rows_in_scope(sql, incremental, {'whole': counted[0], 'by_key': counted[1]}) %}
{%- endif %}
{%- set rows = get_limit_subquery_sql(sql, config.get('limit')) %}
{%- call statement('main', fetch_result=true) %}
{{ get_test_sql(rows, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
{%- endcall %}
{%- set relations = [] %}
{%- if should_store_failures() and load_result('main').table.rows[0][0] %}
{%- set failed = this.incorporate(type='table') %}
{%- call statement('store') %}
{{ get_create_table_as_sql(false, failed, rows) }}
{%- endcall %}
{%- do relations.append(failed) %}
{%- endif %}
{%- if builds_changes() and incremental %}
{%- call statement('forget') %}
drop table {{ scope__keys() }}
{%- endcall %}
{%- endif %}
{%- do adapter.commit() %}
{{ return({'relations': relations}) }}
{% endmaterialization %}
