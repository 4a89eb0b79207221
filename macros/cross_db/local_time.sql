{#- What clocks showed at a moment, as text: a timestamp's text has fractions and depends on settings. -#}
{% macro local_time(moment, timezone) -%}
    {{ return(adapter.dispatch('local_time')(moment, timezone)) }}
{%- endmacro %}

{% macro default__local_time(moment, timezone) -%}
    to_char(facet_source.local_time({{ moment }}, {{ timezone }}), 'YYYY-MM-DD HH24:MI:SS')
{%- endmacro %}

{% macro duckdb__local_time(moment, timezone) -%}
    strftime(facet_source.local_time({{ moment }}, {{ timezone }}), '%Y-%m-%d %H:%M:%S')
{%- endmacro %}
