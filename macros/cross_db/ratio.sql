{#-
    A ratio of counts or of money to eight places, cut off, as metrics divide (docs/decisions/0003);
    null where the denominator is 0. DuckDB divides decimals as floats: in whole numbers it is exact.
-#}
{% macro ratio(numerator, denominator) -%}
    cast({{ integer_divide(
        to_cents(numerator) ~ ' * 100000000',
        'nullif(' ~ to_cents(denominator) ~ ', 0)'
    ) }} * cast(0.00000001 as numeric(9, 8)) as numeric(28, 8))
{%- endmacro %}
