{#-
    What rests on costs, told where they are known (definitions.md, Cost and margin): nothing where
    something was sold, and no line of it has a unit cost. Released files have the same as a
    function, for metrics.
-#}
{% macro where_costed(amount, costed='costed_demand_amount', demand='demand_sales_amount') -%}
    case when {{ costed }} <> 0 or {{ demand }} = 0 then {{ amount }} end
{%- endmacro %}
