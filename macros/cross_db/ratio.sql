{#-
    A ratio of counts or of money to eight places, cut off, as metrics divide (docs/decisions/0003);
    null where the denominator is 0. DuckDB divides decimals as floats: in whole numbers it is
    exact.
-#}
{% macro ratio(numerator, denominator) -%}
    {{ from_scaled(
        integer_divide(
            to_scaled(numerator, 2) ~ ' * 100000000', 'nullif(' ~ to_scaled(denominator, 2) ~ ', 0)'
        ),
        8,
    ) }}
{%- endmacro %}
