{#-
    The schema that a node is built in; a tenant's reader on PostgreSQL reads marts where they are served
    (docs/decisions/0054).
-#}
{% macro generate_schema_name(custom_schema_name=none, node=none) -%}
    {%- if target.name == 'postgres_tenant' and custom_schema_name == 'marts' -%}
        {{ return('facet_served') }}
    {%- endif -%}
    {{ return(default__generate_schema_name(custom_schema_name, node)) }}
{%- endmacro %}
