-- Rows that others add without an id come after the demo's.
do $$
declare
    identity record;
    highest bigint;
begin
    for identity in
        select table_name
        from information_schema.columns
        where table_schema = current_schema() and is_identity = 'YES' and column_name = 'id'
        order by table_name
    loop
        execute format('select max(id) from %I', identity.table_name) into highest;
        if highest is not null then
            perform setval(pg_get_serial_sequence(quote_ident(identity.table_name), 'id'), highest);
        end if;
    end loop;
end;
$$;
