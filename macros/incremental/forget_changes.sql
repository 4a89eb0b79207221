{#-
    What has changed since the last build is not known any more once somebody builds by hand: the
    next `facet run` builds everything. It names what it builds, and is none of these.
-#}
{% macro forget_changes() -%}
{%- if execute and flags.WHICH in ('build', 'run', 'seed', 'snapshot') and not env_var('FACET_BUILD', '') -%}
drop schema if exists facet_build cascade
{%- endif -%}
{%- endmacro %}
