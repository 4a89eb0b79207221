{#-
    The quotient of two whole numbers, rounded half away from zero, exact at any width; the divisor
    is above 0.
-#}
{% macro divide_rounded(dividend, divisor) -%}
    {{ integer_divide(
        '2 * (' ~ dividend ~ ') + case when (' ~ dividend ~ ') < 0 then -1 else 1 end * (' ~ divisor ~ ')',
        '2 * (' ~ divisor ~ ')'
    ) }}
{%- endmacro %}
