{#-
    The rows of a relation that belong to a tenant in the scope of the node that runs, in brackets.
    Rows of nobody are those of tenant 0. Of tenants of whom only some keys are in scope it is the
    rows of these, where the relation has them in a column; `scoped` counts the tenants of either
    kind.
-#}
{% macro in_scope(relation, tenant_column='tenant_id', column=none, scoped={'whole': 1}) -%}
{%- set whole -%}
select * from {{ relation }} where coalesce({{ tenant_column }}, 0) in (
    select tenant_id from facet_build.scope where node = '{{ model.unique_id }}'
    {%- if column %} and not is_by_key{% endif %}
)
{%- endset %}
{%- set of_keys -%}
select * from {{ relation }} where ({{ tenant_column }}, {{ column }}) in (
    select * from {{ scope__keys() }}
)
{%- endset %}
{%- if not column or not scoped.by_key -%}
({{ whole }})
{%- elif not scoped.whole -%}
({{ of_keys }})
{%- else -%}
({{ whole }} union all {{ of_keys }})
{%- endif -%}
{%- endmacro %}
