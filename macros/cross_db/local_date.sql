{#-
    The calendar day that a moment belongs to in a timezone. Engines read zones by data of their
    own, of another age: a run gives them functions that read as the package tzdata does
    (docs/decisions/0020). Hand in a column, or little more: what is handed in is worked out once
    for each change of the clocks.
-#}
{% macro local_date(moment, timezone) -%}
    {{ return(adapter.dispatch('local_date')(moment, timezone)) }}
{%- endmacro %}

{% macro default__local_date(moment, timezone) -%}
    cast(facet_source.local_time({{ moment }}, {{ timezone }}) as date)
{%- endmacro %}
