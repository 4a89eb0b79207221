{#-
    Creates the functions that metrics call, whoever compiles them: exact division, what rests on costs, and
    the condition of every metric that the marts are one tenant's (docs/decisions/0045). It runs once
    the tenants are there, whom the condition asks: DuckDB looks for them when it is made. Metrics name
    functions with their schema, so that no tool needs a search path. Those of DuckDB are where releases
    take them from, too: facet/release/macros/metric_functions.sql says what each of them is.
-#}
{% macro metric_functions(tenants) -%}
{%- if tenants.schema == 'facet_marts' -%}
{{ adapter.dispatch('metric_functions')() }}
{%- endif -%}
{%- endmacro %}

{#- no second safe_divide of floats: whole numbers would choose it, and lose digits -#}
{% macro default__metric_functions() %}
create or replace function facet_marts.safe_divide(numerator numeric, denominator numeric)
returns numeric language sql immutable parallel safe as $$
    select {{ ratio('numerator', 'denominator') }}
$$;

create or replace function facet_marts.where_costed(amount numeric, costed numeric, demand numeric)
returns numeric language sql immutable parallel safe as $$
    select case when coalesce(costed, 0) <> 0 or coalesce(demand, 0) = 0 then coalesce(amount, 0) end
$$;

create or replace function facet_marts.where_all_known(amount numeric, unknown_count numeric)
returns numeric language sql immutable parallel safe as $$
    select case when coalesce(unknown_count, 0) = 0 then coalesce(amount, 0) end
$$;

{#- a reader sees its own tenant of those that are served; whoever sees all may add nothing up -#}
create or replace function facet_marts.one_tenant()
returns boolean language plpgsql stable as $$
declare
    tenant_count bigint;
begin
    select count(*) into tenant_count from facet_served.dim_tenants;
    if tenant_count <> 1 then
        raise exception
            'These marts show % tenants to %, whose amounts do not add up: ask as the reader of one, with FACET_TENANT=2 (docs/bi-tools.md)',
            tenant_count, current_user;
    end if;
    return true;
end
$$;

create or replace function facet_marts.one_alternative()
returns boolean language plpgsql stable as $$
begin
    raise exception
        'This metric is told by several alternatives, which do not add up: run `facet metrics guard` after dbt parse (docs/bi-tools.md)';
end
$$;

create or replace function facet_marts.of_one_alternative(amount numeric, alternative_count bigint)
returns numeric language plpgsql stable as $$
begin
    if alternative_count > 1 then
        raise exception
            'This would add up % alternatives: group by what tells them apart, or keep one (choose in docs/metrics.md)',
            alternative_count;
    end if;
    return amount;
end
$$;
grant execute on function
    facet_marts.safe_divide(numeric, numeric),
    facet_marts.where_costed(numeric, numeric, numeric),
    facet_marts.where_all_known(numeric, numeric),
    facet_marts.one_tenant(),
    facet_marts.one_alternative(),
    facet_marts.of_one_alternative(numeric, bigint)
to public;
{%- endmacro %}
