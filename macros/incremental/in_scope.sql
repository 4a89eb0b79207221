{#-
    The condition that a row belongs to a tenant in the scope of the node that runs. Rows of nobody
    are those of tenant 0.
-#}
{% macro in_scope(tenant_column='tenant_id') -%}
    coalesce({{ tenant_column }}, 0) in (
        select tenant_id from facet_build.scope where node = '{{ model.unique_id }}'
    )
{%- endmacro %}
