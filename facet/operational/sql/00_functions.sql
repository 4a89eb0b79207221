-- What the other files call. Each function is created where it is missing, or is Facet's of before, and
-- otherwise left alone; describe() is temporary and gone at the end of 99_conventions.sql.

create function pg_temp.describe(of_table regclass, in_words text, of_columns jsonb)
returns void language plpgsql as $function$
-- Comments a table and its columns; a comment that stands already is kept.
declare
    item record;
begin
    if obj_description(of_table, 'pg_class') is null then
        execute format('comment on table %s is %L', of_table, in_words);
    end if;
    for item in
        select attribute.attname, entry.value as words
        from jsonb_each_text(of_columns) as entry
        left join pg_attribute as attribute
            on attribute.attrelid = of_table and attribute.attname = entry.key
        where attribute.attname is null or col_description(of_table, attribute.attnum) is null
    loop
        if item.attname is null then
            raise exception 'describe(%): no such column: %', of_table, item.words;
        end if;
        execute format('comment on column %s.%I is %L', of_table, item.attname, item.words);
    end loop;
end;
$function$;

do $block$
begin
    if not exists (
        select from pg_proc
        where proname = 'set_updated_at' and pronamespace = quote_ident(current_schema())::regnamespace
    ) then
        create function set_updated_at() returns trigger language plpgsql as $function$
        begin
            new.updated_at := clock_timestamp();
            return new;
        end;
        $function$;
        comment on function set_updated_at() is 'Sets updated_at to the moment of the change.';
    end if;
    -- Facet's own: what an older Facet created is replaced.
    if not exists (
        select from pg_proc
        where proname = 'is_time_zone' and pronamespace = quote_ident(current_schema())::regnamespace
            and obj_description(oid, 'pg_proc')
            = 'Whether this is the name of a time zone, Area/Location as spelt in the IANA database, or UTC.'
    ) then
        create or replace function is_time_zone(zone text) returns boolean
        language plpgsql immutable strict parallel unsafe set timezone to 'UTC' as $function$
        -- Abbreviations (ICT, CET) and other spellings mean something else, or nothing, to other engines.
        -- Setting the session's zone knows names alone and tells how they are spelt; it is as before when
        -- this returns.
        begin
            if zone = 'UTC' then
                return true;
            end if;
            if zone !~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$' or zone ~* '^(posix|right)/' then
                return false;
            end if;
            return set_config('timezone', zone, true) = zone;
        exception when invalid_parameter_value then
            return false;
        end;
        $function$;
        comment on function is_time_zone(text) is
            'Whether this is the name of a time zone, Area/Location as spelt in the IANA database, or UTC.';
    end if;
end;
$block$;
