{#-
    Fails when two rows share a key or a part of the key is null. The first column is the tenant's.
-#}
{% test grain(model, columns, nullable=[]) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- for column in columns if column not in nullable %}
    or {{ column }} is null
{%- endfor %}
{% endtest %}
