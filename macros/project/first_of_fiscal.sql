{#-
    The first day of the year or quarter that a day is in, of years that begin in
    fiscal_year_start_month.
-#}
{% macro first_of_fiscal(period, day) -%}
    {{ add_months(
        first_of_period(period, add_months(day, '1 - fiscal_year_start_month')),
        'fiscal_year_start_month - 1',
    ) }}
{%- endmacro %}
