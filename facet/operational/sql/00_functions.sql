-- What the other files call. Each function is created where it is missing and otherwise left alone;
-- describe() is temporary and gone at the end of 99_conventions.sql.

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

    if not exists (
        select from pg_proc
        where proname = 'is_time_zone' and pronamespace = quote_ident(current_schema())::regnamespace
    ) then
        create function is_time_zone(zone text) returns boolean
        language plpgsql immutable strict parallel safe as $function$
        begin
            -- PostgreSQL also takes POSIX rules such as FOO5; no other engine does.
            perform now() at time zone zone;
            return zone ~ '/' or zone ~ '^[A-Za-z_]+$';
        exception when invalid_parameter_value then
            return false;
        end;
        $function$;
        comment on function is_time_zone(text) is 'Whether this is the name of a time zone.';
    end if;
end;
$block$;
