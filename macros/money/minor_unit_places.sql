{#-
    The decimal places of a currency's minor unit (ISO 4217) as Facet reckons; pages write as many
    (facet/reporting/present/rounding.py). Amounts in the operational schema have two, so that a
    currency of three is reckoned at two.
-#}
{% macro minor_unit_places(currency_code) -%}
    case when {{ currency_code }} in ('VND', 'JPY', 'KRW') then 0 else 2 end
{%- endmacro %}
