{#-
    How goals and targets are paced (docs/decisions/0010): the rows of a relation, with what follows
    from target, elapsed share and what came in. The relation has target_cents (null: none),
    share_parts, actual_parts and actual_to_date_parts (up to the end of the last whole day) in
    hundred-millionths, gone_day_count, left_day_count, start_date, end_date and as_of_date.
-#}
{% macro measured_pace(relation) -%}
select
    expected.*,
    {{ divide_rounded('actual_parts', '1000000') }} as actual_cents,
    {{ divide_rounded('actual_to_date_parts', '1000000') }} as actual_to_date_cents,
    {{ divide_rounded('expected_parts', '100000000') }} as expected_cents,
    case
        when share_parts > 0
            then {{ divide_rounded('actual_to_date_parts * 100', 'nullif(share_parts, 0)') }}
    end as extrapolated_cents,
    {{ integer_divide('actual_parts * 100', 'nullif(target_cents, 0)') }} as attainment_parts,
    {{ integer_divide('actual_to_date_parts * 10000000000', 'nullif(expected_parts, 0)') }}
        as pace_parts,
    case
        when target_cents is null or left_day_count = 0 then null
        when target_cents = 0 or actual_parts >= target_cents * 1000000 then 0
        else {{ divide_rounded(
            'greatest(target_cents * 1000000 - actual_to_date_parts, 0)',
            'cast(nullif(left_day_count, 0) as ' ~ type_wide_integer() ~ ') * 1000000',
        ) }}
    end as required_per_day_cents,
    case
        when target_cents is null then null
        when as_of_date < start_date then 'not_started'
        when target_cents = 0 or actual_parts >= target_cents * 1000000 then 'achieved'
        when as_of_date > end_date then 'missed'
        when gone_day_count = 0 then 'started'
        when expected_parts = 0 then 'on_track'
        when actual_to_date_parts * 10000 < 81 * expected_parts then 'at_risk'
        when actual_to_date_parts * 10000 < 99 * expected_parts then 'behind'
        else 'on_track'
    end as pace_status
from (
    select {{ relation }}.*, target_cents * share_parts as expected_parts
    from {{ relation }}
) as expected
{%- endmacro %}
