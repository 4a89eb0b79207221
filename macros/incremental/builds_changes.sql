{#-
    Whether only the tenants are built whose rows may have changed (docs/decisions/0032): so
    `facet run` decides. A `dbt build` by hand builds everything.
-#}
{% macro builds_changes() -%}
    {{ return(env_var('FACET_BUILD', 'everything') == 'changes') }}
{%- endmacro %}
