{#-
    What has changed since the last build is not known any more once somebody builds by hand: the
    next `facet run` builds everything. It names what it builds, and is none of these. The targets for
    development build nothing that a run goes on from.
-#}
{% macro forget_changes() -%}
{%- if execute and flags.WHICH in ('build', 'run', 'seed', 'snapshot') and not env_var('FACET_BUILD', '') and target.name not in ('dev', 'postgres_dev') -%}
drop schema if exists facet_build cascade
{%- endif -%}
{%- endmacro %}
