{#-
    The first day of the calendar period that a day is in; date_trunc gives a timestamp on
    PostgreSQL.
-#}
{% macro first_of_period(period, day) -%}
    {{ return(adapter.dispatch('first_of_period')(period, day)) }}
{%- endmacro %}

{% macro default__first_of_period(period, day) -%}
    cast(date_trunc('{{ period }}', cast({{ day }} as timestamp)) as date)
{%- endmacro %}
