{#-
    The moment at which clocks show a local time. Both engines agree, and docs/decisions/0009 goes by them: a
    time that clocks skip is read by the clock of before, of one that they show twice it is the second.
-#}
{% macro moment(local_time, timezone) -%}
    {{ return(adapter.dispatch('moment')(local_time, timezone)) }}
{%- endmacro %}

{% macro default__moment(local_time, timezone) -%}
    (({{ local_time }}) at time zone {{ timezone }})
{%- endmacro %}
