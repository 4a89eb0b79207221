{#-
    Whole units of the last of so many decimal places as a number again; the opposite of to_scaled.
-#}
{% macro from_scaled(units, places) -%}
    cast(
        cast({{ units }} as numeric(38, 0))
        * cast(0.{{ '0' * (places - 1) }}1 as numeric({{ places + 1 }}, {{ places }}))
        as numeric(28, {{ places }})
    )
{%- endmacro %}
