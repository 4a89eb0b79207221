{#-
    For a test with the two CTEs `expected` and `actual` (tenant_id, figure, amount): the figures of
    which one is not the other; what is nowhere is 0.
-#}
{% macro sums_that_differ() -%}
select
    coalesce(expected.tenant_id, actual.tenant_id) as tenant_id,
    coalesce(expected.figure, actual.figure) as figure,
    expected.amount as expected_amount,
    actual.amount as actual_amount
from expected
full join actual
    on actual.tenant_id = expected.tenant_id
    and actual.figure = expected.figure
where coalesce(expected.amount, 0) <> coalesce(actual.amount, 0)
{%- endmacro %}
