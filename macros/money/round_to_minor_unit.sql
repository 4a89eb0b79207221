{#-
    An amount rounded half away from zero to so many decimal places, 0 or 2. DuckDB rounds decimals
    to a constant number of places only, and gives two branches of different scale the scale that is
    left.
-#}
{% macro round_to_minor_unit(amount, decimal_places) -%}
    case
        when {{ decimal_places }} = 0 then cast(round({{ amount }}, 0) as numeric(18, 2))
        else cast(round({{ amount }}, 2) as numeric(18, 2))
    end
{%- endmacro %}
