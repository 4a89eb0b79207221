{#-
    The condition that a moment is none that nobody can have meant: from 1990 to `latest`, else to
    2100.
-#}
{% macro plausible_moment(moment, latest=none) -%}
    {{ moment }} between cast('1990-01-01 00:00:00+00' as timestamp with time zone) and {% if latest %}{{ latest }}{% else %}cast('2100-12-31 23:59:59+00' as timestamp with time zone){% endif %}
{%- endmacro %}
