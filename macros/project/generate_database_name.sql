{#-
    The database that a node is built in: that of the target, but for the target `dev` on DuckDB, which reads
    the served warehouse and writes into its own file alone (profiles.example.yml).
-#}
{% macro generate_database_name(custom_database_name=none, node=none) -%}
    {{ return('dev' if target.name == 'dev' else target.database) }}
{%- endmacro %}
