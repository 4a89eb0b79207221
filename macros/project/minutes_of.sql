{#- Microseconds as minutes, to the hundredth, which is 600,000 of them; halves up. -#}
{% macro minutes_of(microseconds) -%}
    cast(
        {{ from_scaled(integer_divide(microseconds ~ ' + 300000', '600000'), 2) }}
        as numeric(18, 2)
    )
{%- endmacro %}
