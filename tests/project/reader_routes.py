"""Ways to a table's rows that a reader may go."""

#: Whose orders a query saw, as their numbers tell.
WHOSE = "string_agg(distinct split_part(order_number, '-', 1), ' ')"

ORDERS = "facet_served.fct_orders"

#: Ways to a table's rows: statements, of which the last tells whose rows they were.
ROUTES = {
    "as_it_stands": [f"select {WHOSE} from {ORDERS}"],
    "another_tenant_in_the_settings": [
        "set facet.tenant_id = '2'",
        "set app.tenant_id = '2'",
        "set application_name = 'facet_reader_2'",
        "set search_path = facet_served",
        f"select {WHOSE} from fct_orders",
    ],
    "a_condition_that_holds_for_all": [f"select {WHOSE} from {ORDERS} where tenant_id = 2 or true"],
    "a_prepared_statement": [
        f"prepare all_of (bigint) as select {WHOSE} from {ORDERS} where tenant_id = $1 or $1 > 0",
        "execute all_of (2)",
    ],
    "a_plan_that_is_kept": [
        "set plan_cache_mode = force_generic_plan",
        f"prepare kept as select {WHOSE} from {ORDERS}",
        "execute kept",
        "set role facet_reader_1",
        "execute kept",
    ],
    "a_cursor_held_beyond_its_transaction": [
        "begin",
        f"declare numbers cursor with hold for select order_number from {ORDERS}",
        "commit",
        "fetch all from numbers",
        "create temporary table fetched (order_number text)",
        f"insert into fetched select order_number from {ORDERS}",
        f"select {WHOSE} from fetched",
    ],
    "a_view_of_its_own": [
        f"create temporary view mine as select * from {ORDERS}",
        f"select {WHOSE} from mine",
    ],
    "a_materialised_copy": [
        f"create temporary table copied as table {ORDERS}",
        f"select {WHOSE} from copied",
    ],
    "a_function_with_its_owners_rights": [
        "create function pg_temp.whose() returns text language sql security definer"
        f" as $$ select {WHOSE} from {ORDERS} $$",
        "select pg_temp.whose()",
    ],
    "sql_that_is_put_together": [
        "create function pg_temp.dynamic() returns text language plpgsql as $$ declare found text;"
        f" begin execute 'select {WHOSE.replace(chr(39), chr(39) * 2)} from {ORDERS}' into found;"
        " return found; end $$",
        "select pg_temp.dynamic()",
    ],
    "sql_that_text_search_runs": [
        f"select string_agg(word, ' ') from ts_stat('select array_to_tsvector(array[split_part("
        f"order_number, ''-'', 1)]) from {ORDERS}')"
    ],
    "joins_with_itself": [
        f"select {WHOSE.replace('order_number', 'theirs.order_number')} from {ORDERS} as mine"
        f" right join {ORDERS} as theirs on mine.tenant_id <> theirs.tenant_id"
        f" or theirs.order_id = mine.order_id + 1"
    ],
    "a_large_join_by_keys_of_others": [
        f"select {WHOSE} from generate_series(1, 200000) as id inner join {ORDERS} on order_id = id"
    ],
    "nested_loops_and_indexes": [
        "set enable_seqscan = off",
        "set enable_hashjoin = off",
        "set enable_mergejoin = off",
        f"select {WHOSE} from generate_series(1, 4) as id"
        f" cross join lateral (select * from {ORDERS} where tenant_id = id) as theirs",
    ],
    "several_processes": [
        "set debug_parallel_query = on",
        "set parallel_setup_cost = 0",
        "set min_parallel_table_scan_size = 0",
        f"select {WHOSE} from {ORDERS}",
    ],
    "set_operations_and_recursion": [
        "with recursive walk (order_number, depth) as ("
        f" select order_number, 1 from {ORDERS} union all"
        f" select walk.order_number, 2 from walk inner join {ORDERS} using (order_number)"
        f" where depth = 1) select {WHOSE} from walk"
    ],
    "windows_over_neighbours": [
        "select string_agg(distinct split_part(coalesce(next, order_number), '-', 1), ' ') from ("
        f"select order_number, lead(order_number) over (order by tenant_id) as next from {ORDERS}"
        ") as neighbours"
    ],
    "a_sample": [f"select {WHOSE} from {ORDERS} tablesample system (100)"],
    "where_the_rows_are_on_disk": [
        f"select {WHOSE} from {ORDERS} where ctid >= '(0,0)' and ctid < '(100000,0)'"
    ],
    "the_row_as_a_whole": [
        "select string_agg(distinct split_part(to_jsonb(orders) ->> 'order_number', '-', 1), ' ')"
        f" from {ORDERS} as orders where orders is not null or orders is null"
    ],
    "without_descendants": [f"select {WHOSE} from only {ORDERS}"],
    "a_table_that_says_it_is_a_child": [
        f"create temporary table child (like {ORDERS})",
        f"insert into child select * from {ORDERS}",
        f"select {WHOSE} from child",
    ],
}
