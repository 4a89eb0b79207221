{#-
    A modelled baseline in whole cents: an eighth of what eight weeks sold on the same weekdays,
    times the trend (docs/decisions/0011), rounded half away from zero.
-#}
{% macro baseline_cents(weekday_amount, trend_rate) -%}
    {{ divide_rounded(
        to_scaled(weekday_amount, 2) ~ ' * ' ~ to_scaled(trend_rate, 8), '800000000'
    ) }}
{%- endmacro %}
