{#-
    Whole microseconds from one moment to another, exact; intervals count days and months each in
    its way.
-#}
{% macro microseconds_between(earlier, later) -%}
    {{ return(adapter.dispatch('microseconds_between')(earlier, later)) }}
{%- endmacro %}

{% macro default__microseconds_between(earlier, later) -%}
    cast((extract(epoch from {{ later }}) - extract(epoch from {{ earlier }})) * 1000000 as bigint)
{%- endmacro %}

{% macro duckdb__microseconds_between(earlier, later) -%}
    (epoch_us({{ later }}) - epoch_us({{ earlier }}))
{%- endmacro %}
