{#-
    The day of a weekday, 1 Monday … 7 Sunday, that is nearest to a day: at most three days from it.
-#}
{% macro nearest_weekday(day, weekday) -%}
    ({{ day }} + ({{ weekday }} - cast(extract(isodow from {{ day }}) as integer) + 10) % 7 - 3)
{%- endmacro %}
