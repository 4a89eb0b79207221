-- What holds for every table, done once over the catalogue. Each block adds what is missing and
-- leaves alone what stands, so that a second run changes nothing.

-- created_by and updated_by name a user of the same tenant.
do $block$
declare
    author record;
begin
    for author in
        select
            attribute.attrelid::regclass as of_table,
            attribute.attname,
            exists (
                select from pg_attribute as tenant
                where tenant.attrelid = attribute.attrelid and tenant.attname = 'tenant_id'
            ) as has_tenant
        from pg_attribute as attribute
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and attribute.attname in ('created_by', 'updated_by')
            and not exists (
                select from pg_constraint as standing
                where standing.contype = 'f'
                    and standing.conrelid = attribute.attrelid
                    and attribute.attnum = any(standing.conkey)
            )
        order by class.relname, attribute.attnum
    loop
        execute format(
            case when author.has_tenant
                then 'alter table %s add foreign key (tenant_id, %I)'
                    ' references sys_users (tenant_id, id) on delete restrict'
                else 'alter table %s add foreign key (%I)'
                    ' references sys_users (id) on delete set null'
            end,
            author.of_table, author.attname
        );
    end loop;
end;
$block$;

-- A number is a number: NaN is above everything, so it passes every check that a value be above 0.
do $block$
declare
    missing record;
begin
    for missing in
        select
            class.oid::regclass as of_table,
            attribute.attname,
            left(class.relname || '_' || attribute.attname, 53) || '_is_number' as name
        from pg_attribute as attribute
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and attribute.attnum > 0
            and attribute.atttypid = 'numeric'::regtype
            and not exists (
                select from pg_constraint as standing
                where standing.conrelid = class.oid
                    and standing.conkey = array[attribute.attnum]
                    and standing.conname like '%\_is\_number'
            )
        order by class.relname, attribute.attnum
    loop
        execute format(
            'alter table %s add constraint %I check (%I <> ''NaN'')',
            missing.of_table, missing.name, missing.attname
        );
    end loop;
end;
$block$;

-- updated_at is kept current.
do $block$
declare
    of_table regclass;
begin
    for of_table in
        select attribute.attrelid::regclass
        from pg_attribute as attribute
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and attribute.attname = 'updated_at'
            and not exists (
                select from pg_trigger as standing
                where standing.tgrelid = class.oid and standing.tgname = 'set_updated_at'
            )
        order by class.relname
    loop
        execute format(
            'create trigger set_updated_at before update on %s for each row'
            ' when (old.* is distinct from new.*) execute function set_updated_at()',
            of_table
        );
    end loop;
end;
$block$;

-- Every foreign key has an index that begins with its columns.
do $block$
declare
    reference record;
begin
    for reference in
        select distinct on (class.relname, standing.conkey)
            class.oid::regclass as of_table,
            class.relname,
            last.attname as last_column,
            (
                select array_agg(attribute.attname order by position.ordinality)
                from unnest(standing.conkey) with ordinality as position (attnum, ordinality)
                inner join pg_attribute as attribute
                    on attribute.attrelid = class.oid and attribute.attnum = position.attnum
            ) as columns
        from pg_constraint as standing
        inner join pg_class as class on class.oid = standing.conrelid
        inner join pg_attribute as last
            on last.attrelid = class.oid
            and last.attnum = standing.conkey[cardinality(standing.conkey)]
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and standing.contype = 'f'
            and not exists (
                select from pg_index as index
                where index.indrelid = class.oid
                    and index.indisvalid
                    and index.indpred is null
                    and index.indnatts >= cardinality(standing.conkey)
                    and (index.indkey::smallint[])[0:cardinality(standing.conkey) - 1]
                        @> standing.conkey
            )
        order by class.relname, standing.conkey
    loop
        execute format(
            'create index %I on %s (%s)',
            left(reference.relname || '_by_' || reference.last_column, 63),
            reference.of_table,
            (select string_agg(format('%I', name), ', ') from unnest(reference.columns) as name)
        );
    end loop;
end;
$block$;

-- Changed rows, rows that are not deleted, and JSON have an index to be found by.
do $block$
declare
    missing record;
begin
    for missing in
        select
            class.oid::regclass as of_table,
            class.relname,
            attribute.attname,
            case
                when attribute.attname = 'updated_at' then 'create index %I on %s (updated_at)'
                when attribute.attname = 'deleted_at'
                    then 'create index %I on %s (id) where deleted_at is null'
                else 'create index %I on %s using gin (%I)'
            end as statement
        from pg_attribute as attribute
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and (
                attribute.attname in ('updated_at', 'deleted_at')
                or attribute.atttypid = 'jsonb'::regtype
            )
            and not exists (
                select from pg_index as index
                where index.indrelid = class.oid
                    and case
                        when attribute.attname = 'deleted_at'
                            then pg_get_expr(index.indpred, class.oid) = '(deleted_at IS NULL)'
                        else index.indkey[0] = attribute.attnum
                    end
            )
        order by class.relname, attribute.attnum
    loop
        execute format(
            missing.statement,
            left(missing.relname || '_by_' || missing.attname, 63),
            missing.of_table,
            missing.attname
        );
    end loop;
end;
$block$;

-- Columns that mean the same in every table are described once.
do $block$
declare
    missing record;
begin
    for missing in
        select class.oid::regclass as of_table, shared.name, shared.words
        from (values
            ('id', 'Key'),
            ('tenant_id', 'Tenant that the row belongs to'),
            ('created_at', 'When the row was added'),
            ('updated_at', 'When the row last changed; kept by a trigger'),
            ('created_by', 'User who added the row; null where a system did'),
            ('updated_by', 'User who last changed the row; null where a system did'),
            ('deleted_at', 'When the row was deleted; null while it stands'),
            ('metadata', 'Whatever has no column of its own')
        ) as shared (name, words)
        inner join pg_attribute as attribute on attribute.attname = shared.name
        inner join pg_class as class on class.oid = attribute.attrelid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and col_description(class.oid, attribute.attnum) is null
        order by class.relname, attribute.attnum
    loop
        execute format(
            'comment on column %s.%I is %L', missing.of_table, missing.name, missing.words
        );
    end loop;
end;
$block$;

drop function pg_temp.describe(regclass, text, jsonb);
