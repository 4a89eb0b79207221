{#-
    The square root of a whole number, in whole billionths, cut off. DuckDB has the root of a float
    alone: Newton's step mends its guess to the whole root. Up to 10^20 that of a number times 10^18
    is asked for; beyond, 38 digits do not hold that, and what the whole root leaves over makes the
    billionths.
-#}
{% macro root_in_billionths(number) -%}
    {{ return(adapter.dispatch('root_in_billionths')(number)) }}
{%- endmacro %}

{% macro default__root_in_billionths(number) -%}
    trunc(sqrt(cast({{ number }} as numeric(60, 20))) * 1000000000)
{%- endmacro %}

{% macro duckdb__root_in_billionths(number) -%}
    (
        select
            case
                when factor > 1 or root = 0 then root
                else root * 1000000000
                    + (square - root * root) * 1000000000000000000
                    // (root * 2000000000 + (square - root * root) * 1000000000 // (2 * root))
            end
        from (
            select square, factor, step - case when step * step > square then 1 else 0 end as root
            from (
                select
                    square, factor,
                    case when guess = 0 then 0 else (guess + square // guess) // 2 end as step
                from (
                    select
                        square * factor as square, factor,
                        cast(sqrt(cast(square * factor as double)) as hugeint) as guess
                    from (
                        select
                            cast({{ number }} as hugeint) as square,
                            case
                                when {{ number }} < 100000000000000000000
                                    then cast(1000000000000000000 as hugeint)
                                else 1
                            end as factor
                    ) as numbers
                ) as guesses
            ) as steps
        ) as roots
    )
{%- endmacro %}
