{#-
    Splits an amount of cents over the rows of a group in proportion to a weight, so that the parts
    add up to it exactly: each row gets the floor of its share, what is left over goes to the
    largest remainders, unit by unit, ties to the lower id; all weights 0 means equal parts
    (definitions.md, Splitting). A negative amount is split as its opposite. Weights are whole
    numbers, not negative.

    relation: a CTE; amount, weight: its columns in cents; group_by: the columns of a group,
    tenant_id first; tie_break: the id that settles ties; result: the name of the column that is
    added; decimal_places: the column that says how many the amount's currency has. Where it has
    none, whole amounts are split into whole ones; an amount with a fraction all the same is split
    at the cent.
-#}
{% macro split_by_largest_remainder(
    relation, amount, weight, group_by, tie_break, result, decimal_places=none, source=none
) -%}
{%- if weight in ('split_weight', 'weight_total') %}
{{- exceptions.raise_compiler_error(weight ~ ' is a name of the macro itself: give the weight another') }}
{%- endif %}
{%- set groups = group_by | join(', ') %}
    select
        {{ relation }}_shared.*,
        sign_of_amount * split_unit * (
            floor_of_share
            + case
                when row_number() over (
                    partition by {{ groups }}
                    order by remainder_of_share desc, {{ tie_break }}
                ) <= split_amount - sum(floor_of_share) over (partition by {{ groups }})
                    then 1
                else 0
            end
        ) as {{ result }}
    from (
        select
            {{ relation }}_weighted.*,
            {{ integer_divide('split_amount * split_weight', 'split_weight_total') }}
                as floor_of_share,
            (split_amount * split_weight) % split_weight_total as remainder_of_share
        from (
            select
                {{ relation }}_totalled.*,
                case when {{ amount }} < 0 then -1 else 1 end as sign_of_amount,
                {{ integer_divide('abs(' ~ amount ~ ')', 'split_unit') }} as split_amount,
                case when weight_total = 0 then 1 else {{ weight }} end as split_weight,
                case when weight_total = 0 then row_total else weight_total end
                    as split_weight_total
            from (
                select
                    {{ relation }}.*,
                    {% if decimal_places -%}
                    case
                        when {{ decimal_places }} = 0 and {{ amount }} % 100 = 0 then 100
                        else 1
                    end
                        as split_unit,
                    {% else -%}
                    1 as split_unit,
                    {% endif -%}
                    cast(sum({{ weight }}) over (partition by {{ groups }}) as {{ type_wide_integer() }})
                        as weight_total,
                    cast(count(*) over (partition by {{ groups }}) as {{ type_wide_integer() }})
                        as row_total
                from {{ source or relation }}
            ) as {{ relation }}_totalled
        ) as {{ relation }}_weighted
    ) as {{ relation }}_shared
{%- endmacro %}
