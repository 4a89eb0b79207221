{#-
    The condition that a day is none that nobody can have meant: from 1990 to `latest`, else to
    2100.
-#}
{% macro plausible_date(day, latest=none) -%}
    {{ day }} between cast('1990-01-01' as date) and cast({% if latest %}{{ latest }}{% else %}'2100-12-31'{% endif %} as date)
{%- endmacro %}
