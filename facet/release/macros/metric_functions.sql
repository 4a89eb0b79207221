{#-
    Functions that metrics call, for DuckDB: dbt creates them in its warehouse, and every tenant's file has them.
    They must not change what a released file means. The same for PostgreSQL: macros/cross_db/metric_functions.sql.
-#}
{% macro duckdb__metric_functions() %}

-- A ratio to eight places, cut off, without a float: what is then rounded to the cent is rounded as the
-- exact quotient would be. Nothing where the denominator is 0.
create or replace macro facet_marts.safe_divide(numerator, denominator) as
    case
        when denominator <> 0 then
            cast(
                (cast(cast(numerator as decimal(38, 2)) * 100 as hugeint) * 100000000)
                // cast(cast(denominator as decimal(38, 2)) * 100 as hugeint)
                as decimal(38, 0)
            ) * cast(0.00000001 as decimal(9, 8))
    end;

-- What rests on costs: nothing where something was sold, and no line of it has a unit cost; 0 where nothing was.
create or replace macro facet_marts.where_costed(amount, costed, demand) as
    case when coalesce(costed, 0) <> 0 or coalesce(demand, 0) = 0 then coalesce(amount, 0) end;

-- A sum that is unknown where a part of it is: of how many parts it is not known comes beside it.
create or replace macro facet_marts.where_all_known(amount, unknown_count) as
    case when coalesce(unknown_count, 0) = 0 then coalesce(amount, 0) end;

-- True where the marts are one tenant's; elsewhere nothing is summed, but an error says what to do.
create or replace macro facet_marts.one_tenant() as (
    select case count(*) when 1 then true else error(
        'These marts hold ' || count(*) || ' tenants, whose amounts do not add up: ask one, with FACET_TENANT=2 (docs/bi-tools.md)'
    ) end
    from facet_marts.dim_tenants
);

-- Asked of metrics that are told by several models, windows, goals or promotions side by side: who compiles them
-- as they are would add all of these up.
create or replace macro facet_marts.one_alternative() as (
    select case when count(*) >= 0 then error(
        'This metric is told by several alternatives, which do not add up: run `facet metrics guard` after dbt parse (docs/bi-tools.md)'
    ) else true end
    from facet_marts.dim_tenants
);

-- A sum of one alternative; of several, or of all, nothing is summed.
create or replace macro facet_marts.of_one_alternative(amount, alternative_count) as
    case when coalesce(alternative_count, 0) <= 1 then amount else error(
        'This would add up ' || alternative_count || ' alternatives: group by what tells them apart, or keep one (choose in docs/metrics.md)'
    ) end;
{% endmacro %}
