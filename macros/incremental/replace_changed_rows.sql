{#-
    A table of which only the tenants are built anew whose rows may have changed, or the rows of
    only some keys of theirs, and only those are replaced whose rows have: what they are is compared
    by count and by the sum of the rows' hashes. What comes out as it was is no change for what
    reads the table.

    `config.meta.incremental` of a model (docs/decisions/0034):
    - `key`: the column whose values are compared and replaced one by one, rather than tenants
    - `by_tenant`: all the same whole tenants are built, as rows depend on those of other keys
    - `named`: {input: column}, where it calls the key otherwise
    - `through`: {column: model}, where changes that tell this column find the keys that they reach
    - `across`: inputs of which a row reads those of other keys, too
    - `tells`: more columns of which readers are told the values that changed rows have and had
    - `named_by`: the column that names the key: a staging view reads of it the rows of its table
-#}
{% macro replace_changed_rows(table, sql) -%}
{%- set incremental = (config.get('meta') or {}).get('incremental', {}) %}
{%- set by = scope__key(incremental) %}
{%- call statement('main', fetch_result=true) %}
{{ scope(incremental) }}
{%- endcall %}
{%- set counted = load_result('main').table.rows[0] %}
{%- set scoped = {'whole': counted[0], 'by_key': counted[1]} %}
{%- if scoped.whole or scoped.by_key %}
{%- call statement('replace') %}
{{ replace_rows_in_scope(table, sql, incremental, scoped) }}
{%- endcall %}
{%- endif %}
{%- if by %}
{%- call statement('forget') %}
drop table {{ scope__keys() }}
{%- endcall %}
{%- endif %}
{%- do adapter.commit() %}
{{- return({'relations': [table]}) }}
{%- endmacro %}
