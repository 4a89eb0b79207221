{#-
    What clocks showed at a moment, as a timestamp without a zone; its day is that of local_date.
-#}
{% macro local_at(moment, timezone) -%}
    {{ return(adapter.dispatch('local_at')(moment, timezone)) }}
{%- endmacro %}

{% macro default__local_at(moment, timezone) -%}
    cast(facet_source.local_time({{ moment }}, {{ timezone }}) as timestamp)
{%- endmacro %}
