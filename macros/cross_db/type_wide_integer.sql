{#- Cents times cents pass 64 bits from orders of thirty million upwards. -#}
{% macro type_wide_integer() -%}
    {{ return(adapter.dispatch('type_wide_integer')()) }}
{%- endmacro %}

{% macro default__type_wide_integer() -%}
    numeric(38, 0)
{%- endmacro %}

{% macro duckdb__type_wide_integer() -%}
    hugeint
{%- endmacro %}
