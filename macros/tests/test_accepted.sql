{#-
    Fails when an enum holds another value, a required column is null or a claim is false: one scan
    of a model for all of them. values: {column: [value, …], or the variable of dbt_project.yml that
    lists them}; required: [column, …]; claims: {name: predicate}.
-#}
{% test accepted(model, values={}, required=[], claims={}) %}
{%- set faults = {} %}
{%- for column, listed in values.items() %}
{%- set accepted_values = var(listed) if listed is string else listed %}
{%- do faults.update({column ~ ' is not accepted': column ~ " not in ('" ~ accepted_values | join("', '") ~ "')"}) %}
{%- endfor %}
{%- for column in required %}
{%- do faults.update({column ~ ' is null': column ~ ' is null'}) %}
{%- endfor %}
{%- for name, predicate in claims.items() %}
{%- do faults.update({name: 'not (' ~ predicate ~ ')'}) %}
{%- endfor %}
select *
from (
    select
        tenant_id,
        case
        {%- for name, predicate in faults.items() %}
            when {{ predicate }} then '{{ name }}'
        {%- endfor %}
        end as fault,
        count(*) as row_count
    from {{ model }}
    group by 1, 2
) as faults
where fault is not null
{% endtest %}
