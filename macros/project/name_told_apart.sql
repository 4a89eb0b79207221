{#-
    What readers call a thing of a tenant: its name, and what tells it apart where another of the
    tenant's bears the same. A shop's website and pages mostly bear the shop's own name; rings of
    one name come in 14 k and 18 k.
-#}
{% macro name_told_apart(name, by, id) -%}
    {%- set of_one_name = 'count(*) over (partition by tenant_id, ' ~ name ~ ')' -%}
    {%- set also_by = 'count(*) over (partition by tenant_id, ' ~ name ~ ', ' ~ by ~ ')' -%}
    {{ name }}
    || case
        when {{ of_one_name }} > 1 then coalesce(' · ' || {{ by }}, '')
        else ''
    end
    || case
        when {{ of_one_name }} > 1 and ({{ also_by }} > 1 or {{ by }} is null)
            then ' · ' || cast({{ id }} as text)
        else ''
    end
{%- endmacro %}
