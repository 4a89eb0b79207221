{#-
    Fails when a row refers to something that its own tenant does not have. One scan for all
    references of a model: `references` is a list of {column, to: a model, field}; a null reference
    is none.
-#}
{% test within_tenant(model, references) %}
{%- for reference in references %}
select
    child.tenant_id,
    '{{ reference.column }}' as reference_column,
    cast(child.{{ reference.column }} as bigint) as reference_id,
    count(*) as row_count
from {{ model }} as child
left join {{ ref(reference.to) }} as parent
    on parent.tenant_id = child.tenant_id
    and parent.{{ reference.field }} = child.{{ reference.column }}
where child.{{ reference.column }} is not null and parent.{{ reference.field }} is null
group by child.tenant_id, child.{{ reference.column }}
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{% endtest %}
