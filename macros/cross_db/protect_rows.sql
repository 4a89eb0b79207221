{#-
    Who reads a mart in PostgreSQL reads the rows of one tenant (docs/decisions/0012); a DuckDB file
    has no roles. It runs as a post-hook, in the transaction that creates the table and gives it its
    name. Readers come in once `facet grants` has let them into the schema; the same policies stand
    in facet/grants/protection.py, for tables that were built before. Readers without names get the
    columns that tell of nobody.
-#}
{% macro protect_rows(relation) -%}
    {{ return(adapter.dispatch('protect_rows')(relation)) }}
{%- endmacro %}

{% macro default__protect_rows(relation) -%}
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
{%- for readers, columns in protect_rows__readers() %}
    if exists (
        select from pg_roles
        where rolname = '{{ readers }}' and has_schema_privilege(oid, '{{ relation.schema }}', 'usage')
    ) then
        create policy facet_reader{{ '_unnamed' if not loop.first }} on {{ relation }}
        for select to "{{ readers }}"
        using (
            -- not `=`: PostgreSQL would look at cheaper conditions first, on rows of all tenants
            tenant_id = any (array[(
                select cast(
                    substring(cast(current_user as text), '^{{ readers }}_([1-9][0-9]{0,17})$')
                    as bigint
                )
            )])
        );
        {%- if columns is none %}
        grant select on {{ relation }} to "{{ readers }}";
        {%- elif columns %}
        grant select ({{ columns | join(', ') }}) on {{ relation }} to "{{ readers }}";
        {%- endif %}
    end if;
{%- endfor %}
end
$$;
{%- endmacro %}

{#- Groups of readers, each with the columns that it sees; none for all (facet/grants/shown.py). -#}
{% macro protect_rows__readers() -%}
{%- set readers = env_var('FACET_READER_ROLE', 'facet_reader') %}
{%- set people = model.config.meta.get('people') or {} %}
{%- set hidden = (people.get('hides') or []) + (people.get('names') or {}).keys() | list %}
{%- set shown = [] %}
{%- if not people.get('rows_of') and 'personal' not in model.tags %}
{%- for column in model.columns.values() if column.name not in hidden and 'personal' not in column.tags %}
{%- do shown.append(adapter.quote(column.name)) %}
{%- endfor %}
{%- endif %}
{{- return([(readers, none), (readers ~ '_unnamed', shown)]) }}
{%- endmacro %}

{% macro duckdb__protect_rows(relation) -%}
{%- endmacro %}
