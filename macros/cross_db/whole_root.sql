{#-
    The square root of a whole number, cut off to a whole one (docs/decisions/0024). DuckDB has the
    root of a float alone: one step of Newton's mends its guess.
-#}
{% macro whole_root(number) -%}
    {{ return(adapter.dispatch('whole_root')(number)) }}
{%- endmacro %}

{% macro default__whole_root(number) -%}
    trunc(sqrt(cast({{ number }} as numeric(60, 20))))
{%- endmacro %}

{% macro duckdb__whole_root(number) -%}
    (
        select step - case when step * step > square then 1 else 0 end
        from (
            select square, case when guess = 0 then 0 else (guess + square // guess) // 2 end as step
            from (
                select square, cast(sqrt(cast(square as double)) as hugeint) as guess
                from (select cast({{ number }} as hugeint) as square) as numbers
            ) as guesses
        ) as steps
    )
{%- endmacro %}
