{#-
    A modelled baseline in whole cents: an eighth of what eight weeks sold on the same weekdays, times the
    trend (docs/decisions/0011), rounded half away from zero.
-#}
{% macro baseline_cents(weekday_amount, trend_rate) -%}
    {{ divide_rounded(
        to_cents(weekday_amount) ~ ' * ' ~ to_hundred_millionths(trend_rate), '800000000'
    ) }}
{%- endmacro %}
