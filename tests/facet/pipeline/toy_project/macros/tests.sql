{#- Says whose rows fail. -#}
{% test within_tenant(model, claim) %}
select tenant_id, order_id from {{ model }} where not ({{ claim }})
{% endtest %}

{#- Does not. -#}
{% test somebody(model, claim) %}
select order_id from {{ model }} where not ({{ claim }})
{% endtest %}

{% test grain(model, columns) %}
select {{ columns | join(', ') }} from {{ model }} group by {{ columns | join(', ') }} having count(*) > 1
{% endtest %}
