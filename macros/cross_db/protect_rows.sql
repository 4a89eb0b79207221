{#-
    Who reads a mart in PostgreSQL reads the rows of one tenant (docs/decisions/0012); a DuckDB file
    has no roles. It runs as a post-hook, in the transaction that creates the table and gives it its
    name. Readers come in once `facet grants` has let them into the schema; the same policies stand
    in facet/grants/protection.py, for tables that were built before.
-#}
{% macro protect_rows(relation) -%}
    {{ return(adapter.dispatch('protect_rows')(relation)) }}
{%- endmacro %}

{% macro default__protect_rows(relation) -%}
{%- set readers = env_var('FACET_READER_ROLE', 'facet_reader') %}
alter table {{ relation }} enable row level security, force row level security;
create policy facet_owner on {{ relation }} to current_user using (true);
do $$
begin
    -- What is planned for a query must not tell of values that it may not read: none are sampled.
    execute (
        select format(
            'alter table %s %s',
            attrelid::regclass,
            string_agg(format('alter column %I set statistics 0', attname), ', ')
        )
        from pg_attribute
        where attrelid = '{{ relation }}'::regclass and attnum > 0 and not attisdropped
        group by attrelid
    );
    if exists (
        select from pg_roles
        where rolname = '{{ readers }}' and has_schema_privilege(oid, '{{ relation.schema }}', 'usage')
    ) then
        create policy facet_reader on {{ relation }} for select to "{{ readers }}"
        using (
            -- not `=`: PostgreSQL would look at cheaper conditions first, on rows of all tenants
            tenant_id = any (array[(
                select cast(
                    substring(cast(current_user as text), '^{{ readers }}_([1-9][0-9]{0,17})$')
                    as bigint
                )
            )])
        );
        grant select on {{ relation }} to "{{ readers }}";
    end if;
end
$$;
{%- endmacro %}

{% macro duckdb__protect_rows(relation) -%}
{%- endmacro %}
