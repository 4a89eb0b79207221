{#-
    A table on PostgreSQL: dbt's own way, but for a build of what changed.
-#}
{% materialization table, adapter='postgres' %}
{%- if builds_changes() %}
{{ return(replace_changed_rows(this, sql)) }}
{%- endif %}
{{ return(dbt.materialization_table_default()) }}
{% endmaterialization %}
