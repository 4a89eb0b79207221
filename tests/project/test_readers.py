"""Who reads marts in PostgreSQL, with whatever SQL, gets its own tenant's rows and nothing else.

The reader of tenant 1 tries to see tenants 2, 3 and 4, whose orders have numbers like HV-23-000002.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from facet.grants.applying import apply, changes
from facet.grants.readers import Readers
from facet.pipeline.dbt import _Dbt
from facet.pipeline.profile import environment, environment_set

_READERS = Readers()
_OTHERS = re.compile(r"\b(HV|MA|SC)-\d")
#: Whose orders a query saw, as their numbers tell.
_WHOSE = "string_agg(distinct split_part(order_number, '-', 1), ' ')"
_ORDERS = "facet_marts.fct_orders"


@dataclass
class Session:
    """A reader's connection, and all that it got to see: rows, notices, errors."""

    connection: psycopg.Connection[tuple[Any, ...]]
    seen: list[str] = field(default_factory=list)

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements; the rows of the last."""
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            try:
                cursor = self.connection.execute(statement.encode())
            except psycopg.Error as error:
                self.seen.append(f"{error} {error.diag.message_detail} {error.diag.context}")
                raise
            rows = cursor.fetchall() if cursor.description else []
            self.seen += map(str, rows)
        return rows


@pytest.fixture(scope="module")
def database(demo_database: str, publish: Callable[..., Any]) -> str:
    """The demo's marts in PostgreSQL, with readers."""
    publish(demo_database, "postgres")
    apply(demo_database, readers=_READERS)
    return demo_database


@contextmanager
def _session(url: str, role: str) -> Iterator[Session]:
    with psycopg.connect(make_conninfo(url, user=role), autocommit=True) as connection:
        session = Session(connection)
        connection.add_notice_handler(
            lambda notice: session.seen.append(str(notice.message_primary))
        )
        yield session


@pytest.fixture
def reader(database: str) -> Iterator[Session]:
    """Tenant 1's reader; whatever a test does, it sees nothing of other tenants."""
    with _session(database, _READERS.of(1)) as session:
        yield session
        assert not [text for text in session.seen if _OTHERS.search(text)]


@pytest.fixture(scope="module")
def owner(database: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A superuser's connection."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def test_every_tenants_reader_gets_all_of_its_rows_of_every_mart(
    database: str, owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    marts = [
        name
        for (name,) in owner.execute(
            "select relname from pg_class where relnamespace = 'facet_marts'::regnamespace"
            " and relkind = 'r' order by 1"
        )
    ]
    tenants = [row[0] for row in owner.execute("select tenant_id from facet_marts.dim_tenants")]
    assert len(marts) > 30
    assert len(tenants) == 4
    contents = (
        "select count(*), md5(string_agg(row::text, '|' order by row::text)) from ({}) as row"
    )
    counts = dict.fromkeys(marts, 0)
    for tenant in tenants:
        with _session(database, _READERS.of(tenant)) as session:
            for mart in marts:
                table = f"select * from facet_marts.{mart}"
                (got,) = session.run(contents.format(table))
                there = owner.execute(
                    contents.format(f"{table} where tenant_id = {tenant}").encode()
                ).fetchone()
                assert got == there, f"{mart} of tenant {tenant}"
                counts[mart] += got[0]
    for mart, count in counts.items():
        assert owner.execute(f"select count(*) from facet_marts.{mart}".encode()).fetchone() == (
            count,
        )
    assert counts["fct_orders"] > 1000


#: Ways to a table's rows: statements, of which the last tells whose rows they were.
_ROUTES = {
    "as_it_stands": [f"select {_WHOSE} from {_ORDERS}"],
    "another_tenant_in_the_settings": [
        "set facet.tenant_id = '2'",
        "set app.tenant_id = '2'",
        "set application_name = 'facet_reader_2'",
        "set search_path = facet_marts",
        f"select {_WHOSE} from fct_orders",
    ],
    "a_condition_that_holds_for_all": [
        f"select {_WHOSE} from {_ORDERS} where tenant_id = 2 or true"
    ],
    "a_prepared_statement": [
        f"prepare all_of (bigint) as select {_WHOSE} from {_ORDERS} where tenant_id = $1 or $1 > 0",
        "execute all_of (2)",
    ],
    "a_plan_that_is_kept": [
        "set plan_cache_mode = force_generic_plan",
        f"prepare kept as select {_WHOSE} from {_ORDERS}",
        "execute kept",
        "set role facet_reader_1",
        "execute kept",
    ],
    "a_cursor_held_beyond_its_transaction": [
        "begin",
        f"declare numbers cursor with hold for select order_number from {_ORDERS}",
        "commit",
        "fetch all from numbers",
        "create temporary table fetched (order_number text)",
        f"insert into fetched select order_number from {_ORDERS}",
        f"select {_WHOSE} from fetched",
    ],
    "a_view_of_its_own": [
        f"create temporary view mine as select * from {_ORDERS}",
        f"select {_WHOSE} from mine",
    ],
    "a_materialised_copy": [
        f"create temporary table copied as table {_ORDERS}",
        f"select {_WHOSE} from copied",
    ],
    "a_function_with_its_owners_rights": [
        "create function pg_temp.whose() returns text language sql security definer"
        f" as $$ select {_WHOSE} from {_ORDERS} $$",
        "select pg_temp.whose()",
    ],
    "sql_that_is_put_together": [
        "create function pg_temp.dynamic() returns text language plpgsql as $$ declare found text;"
        f" begin execute 'select {_WHOSE.replace(chr(39), chr(39) * 2)} from {_ORDERS}' into found;"
        " return found; end $$",
        "select pg_temp.dynamic()",
    ],
    "sql_that_text_search_runs": [
        f"select string_agg(word, ' ') from ts_stat('select array_to_tsvector(array[split_part("
        f"order_number, ''-'', 1)]) from {_ORDERS}')"
    ],
    "joins_with_itself": [
        f"select {_WHOSE.replace('order_number', 'theirs.order_number')} from {_ORDERS} as mine"
        f" right join {_ORDERS} as theirs on mine.tenant_id <> theirs.tenant_id"
        f" or theirs.order_id = mine.order_id + 1"
    ],
    "a_large_join_by_keys_of_others": [
        f"select {_WHOSE} from generate_series(1, 200000) as id"
        f" inner join {_ORDERS} on order_id = id"
    ],
    "nested_loops_and_indexes": [
        "set enable_seqscan = off",
        "set enable_hashjoin = off",
        "set enable_mergejoin = off",
        f"select {_WHOSE} from generate_series(1, 4) as id"
        f" cross join lateral (select * from {_ORDERS} where tenant_id = id) as theirs",
    ],
    "several_processes": [
        "set debug_parallel_query = on",
        "set parallel_setup_cost = 0",
        "set min_parallel_table_scan_size = 0",
        f"select {_WHOSE} from {_ORDERS}",
    ],
    "set_operations_and_recursion": [
        "with recursive walk (order_number, depth) as ("
        f" select order_number, 1 from {_ORDERS} union all"
        f" select walk.order_number, 2 from walk inner join {_ORDERS} using (order_number)"
        f" where depth = 1) select {_WHOSE} from walk"
    ],
    "windows_over_neighbours": [
        "select string_agg(distinct split_part(coalesce(next, order_number), '-', 1), ' ') from ("
        f"select order_number, lead(order_number) over (order by tenant_id) as next from {_ORDERS}"
        ") as neighbours"
    ],
    "a_sample": [f"select {_WHOSE} from {_ORDERS} tablesample system (100)"],
    "where_the_rows_are_on_disk": [
        f"select {_WHOSE} from {_ORDERS} where ctid >= '(0,0)' and ctid < '(100000,0)'"
    ],
    "the_row_as_a_whole": [
        "select string_agg(distinct split_part(to_jsonb(orders) ->> 'order_number', '-', 1), ' ')"
        f" from {_ORDERS} as orders where orders is not null or orders is null"
    ],
    "without_descendants": [f"select {_WHOSE} from only {_ORDERS}"],
    "a_table_that_says_it_is_a_child": [
        f"create temporary table child (like {_ORDERS})",
        f"insert into child select * from {_ORDERS}",
        f"select {_WHOSE} from child",
    ],
}


@pytest.mark.parametrize("statements", _ROUTES.values(), ids=_ROUTES.keys())
def test_whatever_the_route_only_its_own_rows_come(reader: Session, statements: list[str]) -> None:
    assert reader.run(*statements) == [("NL",)]


def test_a_copy_has_its_own_rows_alone(reader: Session) -> None:
    with reader.connection.cursor().copy(f"copy {_ORDERS} to stdout".encode()) as copy:
        lines = [bytes(line).decode() for line in copy]
    reader.seen += lines
    assert len(lines) == reader.run(f"select count(*) from {_ORDERS}")[0][0] > 500
    assert {line.split("\t")[0] for line in lines} == {"1"}


_REFUSED = [
    line.removesuffix(";")
    for line in Path(__file__).with_name("refused.sql").read_text().splitlines()
    if line and not line.startswith("--")
]


@pytest.mark.parametrize("statement", _REFUSED)
def test_what_would_show_or_change_more_is_refused(reader: Session, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.run(*statement.split("; "))


_TELL = (
    "create function pg_temp.tell(text, text default '') returns boolean language plpgsql"
    " cost 0.0000001 as $$ begin raise notice '%', $1; return true; end $$",
    "create operator pg_temp.=== (leftarg = text, rightarg = text, function = pg_temp.tell)",
)


@pytest.mark.parametrize(
    "query",
    [
        f"select count(*) from {_ORDERS} where pg_temp.tell(order_number)",
        f"select count(*) from {_ORDERS} where order_number operator(pg_temp.===) ''",
        f"select count(*) from {_ORDERS} where tenant_id = 2 or pg_temp.tell(order_number)",
        f"select count(*) from (select * from {_ORDERS} offset 0) as o"
        " where pg_temp.tell(order_number)",
        f"select count(*) from (values (true)) as v (x) inner join {_ORDERS}"
        " on pg_temp.tell(order_number)",
    ],
    ids=["function", "operator", "before_the_policy", "subquery", "join"],
)
def test_a_function_that_tells_is_told_of_its_own_rows_alone(reader: Session, query: str) -> None:
    ((own,),) = reader.run(f"select count(*) from {_ORDERS}")
    reader.run(*_TELL)
    reader.seen.clear()
    ((counted,),) = reader.run(query)
    told = [text for text in reader.seen if text.startswith("NL-")]
    assert len(told) == counted == own > 500


def test_errors_tell_of_its_own_rows_alone(reader: Session) -> None:
    none = f"select count(*) from {_ORDERS} where 1 / (tenant_id - {{}}) > 1"
    for tenant in (2, 3, 4):
        assert reader.run(none.format(tenant)) == [(0,)]
    with pytest.raises(psycopg.errors.DivisionByZero):
        reader.run(none.format(1))
    with pytest.raises(psycopg.errors.InvalidTextRepresentation, match='"NL-'):
        reader.run(f"select count(*) from {_ORDERS} where cast(order_number as integer) > 0")
    with pytest.raises(psycopg.errors.CardinalityViolation):
        reader.run(f"select (select order_number from {_ORDERS})")


def test_what_the_server_knows_of_tables_tells_no_value(
    reader: Session, owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    owner.execute(f"analyze {_ORDERS}".encode())
    ((theirs,),) = owner.execute(
        f"select min(order_number) from {_ORDERS} where tenant_id = 2".encode()
    ).fetchall()
    owner.execute(f"select '{theirs}' as asked_for")
    assert owner.execute(
        "select count(*) from pg_statistic inner join pg_class on pg_class.oid = starelid"
        " where relnamespace = 'facet_marts'::regnamespace"
    ).fetchall() == [(0,)]
    assert (
        owner.execute(
            "select indexname from pg_indexes"
            " where schemaname = 'facet_marts' and indexdef !~ '\\(tenant_id[,)]'"
        ).fetchall()
        == []
    )
    for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
        assert reader.run(f"select * from {view} where schemaname !~ '^(pg_|information)'") == []
    assert reader.run("select count(last_value) from pg_sequences") == [(0,)]
    activity = reader.run("select query from pg_stat_activity where usename = 'postgres'")
    assert ("<insufficient privilege>",) in activity
    for place in ("pg_cursors", "pg_prepared_statements", "pg_largeobject_metadata"):
        assert reader.run(f"select * from {place}") == []
    for place in (
        *("information_schema.columns", "information_schema.table_privileges"),
        *("information_schema.views", "information_schema.routines", "pg_policies", "pg_views"),
        *("pg_indexes", "pg_constraint", "pg_attrdef", "pg_description", "pg_stat_user_tables"),
        *("pg_statio_user_tables", "pg_settings", "pg_roles", "pg_locks", "pg_depend"),
    ):
        reader.run(f"select * from {place}")


@pytest.mark.parametrize(
    "condition",
    [
        "order_number = '{}'",
        "order_number < '{}'",
        "order_number ~ '{}'",
        "order_number in ('{}', '')",
        "order_number = any (array['{}'])",
        "(order_number = '{}') is true",
        "order_number is not distinct from '{}'",
        "case order_number when '{}' then true end",
        "(tenant_id, order_number) <= (2, '{}') and tenant_id between 2 and 2",
    ],
)
def test_plans_do_not_tell_a_value_that_others_have(
    reader: Session, owner: psycopg.Connection[tuple[Any, ...]], condition: str
) -> None:
    """Neither what is estimated, nor what was counted, nor what it was spared to look at."""
    owner.execute(f"analyze {_ORDERS}".encode())
    ((first, last),) = owner.execute(
        f"select min(order_number), max(order_number) from {_ORDERS} where tenant_id = 2".encode()
    ).fetchall()
    for setting in ("reset all", "set cpu_operator_cost = 0"):
        plans = set()
        for value in (first, last, "HV-00-000000"):
            query = f"select * from {_ORDERS} where {condition.format(value)}"
            explain = "explain (analyze, timing off, summary off, buffers off)"
            reader.connection.execute(setting.encode())
            lines = reader.connection.execute(
                f"{explain} {query} and sales_user_id = (select 1)".encode()
            ).fetchall()
            plans.add(str(lines).replace(value, "…"))
        assert len(plans) == 1, plans


def test_a_role_without_a_tenant_reads_nothing(
    database: str, owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    names = ("facet_reader_0", "facet_reader_01", "facet_reader_999", "my_facet_reader_1", "mary")
    query = f"select {_WHOSE} from {_ORDERS}"
    try:
        for name in names:
            owner.execute(f"create role {name} login in role facet_reader".encode())
            with _session(database, name) as session:
                assert session.run(query) == [(None,)], name
        owner.execute("grant facet_reader_1 to mary")
        with _session(database, "mary") as session:
            assert session.run(query) == [(None,)]
            assert session.run("set role facet_reader_1", query) == [("NL",)]
            assert session.run("reset role", query) == [(None,)]
        owner.execute("revoke facet_reader, facet_reader_1 from mary")
        with (
            _session(database, "mary") as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.run(query)
    finally:
        owner.execute(f"drop role if exists {', '.join(names)}".encode())


_AT_ONCE = """
    select
        count(*),
        count(*) filter (
            where pg_policy.xmin = pg_type.xmin and pg_policy.xmin = pg_attribute.xmin
        ),
        bool_and(relrowsecurity and relforcerowsecurity)
    from pg_class
    inner join pg_type on pg_type.oid = reltype
    inner join pg_attribute on attrelid = pg_class.oid and attname = 'tableoid'
    left join pg_policy on polrelid = pg_class.oid and polname = 'facet_owner'
    where relnamespace = 'facet_marts'::regnamespace and relkind = 'r'
"""


def test_a_mart_has_its_policies_from_its_first_moment(
    database: str, publish: Callable[..., Any], owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    """One transaction creates the table, names it and puts the policies: nobody sees it before."""
    settings = replace(publish(database, "postgres").settings)
    oid = f"select '{_ORDERS}'::regclass::oid"
    before = owner.execute(oid.encode()).fetchone()
    seen, built = set(), Event()

    def look() -> None:
        with _session(database, _READERS.of(1)) as session:
            while not built.is_set():
                seen.add(tuple(session.run(f"select {_WHOSE} from {_ORDERS}")))

    watcher = Thread(target=look)
    watcher.start()
    try:
        with environment_set(environment(settings, database)):
            dbt = _Dbt(settings, lambda _: None)
            dbt.parse()
            (result,) = dbt.invoke("run", "--select", "fct_orders")
            dbt.close()
    finally:
        built.set()
        watcher.join()
    assert result.status == "success"
    assert owner.execute(oid.encode()).fetchone() != before
    assert seen == {(("NL",),)}
    ((marts, at_once, enforced),) = owner.execute(_AT_ONCE.encode()).fetchall()
    assert marts == at_once > 30
    assert enforced
    assert changes(database, readers=_READERS) == ()
