{#-
    Every key that two rows of a model share or that is null in part, with its tenant (null where
    rows belong to none). A row without the tenant that its table has is nobody's, and holds nobody
    back. One query for many models: `keys` is {model: [column, …]}. dbt takes longer to run a test
    than the engine does.
-#}
{% macro shared_keys(keys) %}
{%- for model_name, columns in keys.items() %}
select
    {{ 'tenant_id' if 'tenant_id' in columns else 'cast(null as bigint)' }} as tenant_id,
    '{{ model_name }}' as model_name,
    {%- for column in columns if column != 'tenant_id' or columns | length == 1 %}
    {%- if not loop.first %} || ', ' ||{% endif %}
    coalesce(cast({{ column }} as text), 'null')
    {%- endfor %} as row_key,
    count(*) as row_count
from {{ ref(model_name) }}
{%- if 'tenant_id' in columns and columns | length > 1 %}
where tenant_id is not null
{%- endif %}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- for column in columns %}
    or {{ column }} is null
{%- endfor %}
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{% endmacro %}
