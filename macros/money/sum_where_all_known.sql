{#-
    A sum that is known where each of its amounts is: stock of which one piece has no cost is worth
    nobody knows what (definitions.md, Products and inventory).
-#}
{% macro sum_where_all_known(amount) -%}
    case when count(*) = count({{ amount }}) then sum({{ amount }}) end
{%- endmacro %}
