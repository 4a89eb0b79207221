{#- How long something has been open, in the bands that pages tell; null where it is not. -#}
{% macro open_age(is_open, age_days) -%}
    cast(
        case
            when not {{ is_open }} then null
            when {{ age_days }} < 7 then 'days_0_6'
            when {{ age_days }} < 30 then 'days_7_29'
            when {{ age_days }} < 90 then 'days_30_89'
            else 'days_90_on'
        end as text
    )
{%- endmacro %}
