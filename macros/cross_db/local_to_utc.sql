{#-
    The moment at which clocks show a local time, as docs/decisions/0009 has it: a time that clocks
    skip is read by the clock of before, of one that they show twice it is the second. See
    local_date for who reads zones.
-#}
{% macro local_to_utc(local_time, timezone) -%}
    {{ return(adapter.dispatch('local_to_utc')(local_time, timezone)) }}
{%- endmacro %}

{% macro default__local_to_utc(local_time, timezone) -%}
    facet_source.moment_of({{ local_time }}, {{ timezone }})
{%- endmacro %}
