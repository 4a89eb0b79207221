{#-
    The day that a text such as 2026-02-17 says, between 1990 and 2100; null where it says none. A
    cast that fails would end the run, and neither engine's way of trying one is the other's.
-#}
{% macro date_read(text) -%}
    {{ return(adapter.dispatch('date_read')(text)) }}
{%- endmacro %}

{% macro default__date_read(text) -%}
    case
        when {{ text }} similar to '(199[0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
            and cast(substring({{ text }}, 6, 2) as integer) = cast(extract(month from
                cast(substring({{ text }}, 1, 8) || '01' as date)
                + (cast(substring({{ text }}, 9, 2) as integer) - 1)
            ) as integer)
            then cast({{ text }} as date)
    end
{%- endmacro %}
