"""Who reads marts in PostgreSQL, with whatever SQL, gets its own tenant's rows and nothing else.

The reader of tenant 1 tries to see the other tenants, whose orders have numbers like HV-23-000002.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from facet.config import PROJECT_DIR
from facet.grants.applying import apply, changes
from facet.grants.shown import shown_without_people
from facet.pipeline.dbt import _Dbt
from facet.pipeline.marts import marts_of
from facet.pipeline.profile import environment, environment_set
from facet.pipeline.served_marts import serve
from tests.project.reader_routes import ORDERS, ROUTES, WHOSE
from tests.project.reader_session import READERS, Session, session_of

#: What readers without names see, as the project's YAML has it; as a build grants it, too.
_SHOWN = shown_without_people(PROJECT_DIR)
#: A column, and a value of it that no order has.
_NUMBER = ("order_number", "HV-00-000000")
_OTHERS = re.compile(r"\b(HV|MA|SC|TN|TS)-\d")


@pytest.fixture(scope="module")
def database(demo_database: str, publish: Callable[..., Any]) -> str:
    """The demo's marts in PostgreSQL, with readers."""
    publish(demo_database, "postgres")
    apply(demo_database, readers=READERS, shown=_SHOWN)
    return demo_database


@pytest.fixture
def reader(database: str) -> Iterator[Session]:
    """Tenant 1's reader; whatever a test does, it sees nothing of other tenants."""
    with session_of(database, READERS.of(1)) as session:
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
            "select relname from pg_class where relnamespace = 'facet_served'::regnamespace"
            " and relkind = 'r' order by 1"
        )
    ]
    tenants = [row[0] for row in owner.execute("select tenant_id from facet_served.dim_tenants")]
    assert len(marts) > 30
    assert len(tenants) == 6
    contents = (
        "select count(*), md5(string_agg(row::text, '|' order by row::text)) from ({}) as row"
    )
    counts = dict.fromkeys(marts, 0)
    for tenant in tenants:
        with session_of(database, READERS.of(tenant)) as session:
            for mart in marts:
                table = f"select * from facet_served.{mart}"
                (got,) = session.run(contents.format(table))
                there = owner.execute(
                    contents.format(f"{table} where tenant_id = {tenant}").encode()
                ).fetchone()
                assert got == there, f"{mart} of tenant {tenant}"
                counts[mart] += got[0]
    for mart, count in counts.items():
        assert owner.execute(f"select count(*) from facet_served.{mart}".encode()).fetchone() == (
            count,
        )
    assert counts["fct_orders"] > 1000


@pytest.mark.parametrize("statements", ROUTES.values(), ids=ROUTES.keys())
def test_whatever_the_route_only_its_own_rows_come(reader: Session, statements: list[str]) -> None:
    assert reader.run(*statements) == [("NL",)]


def test_a_copy_has_its_own_rows_alone(reader: Session) -> None:
    with reader.connection.cursor().copy(f"copy {ORDERS} to stdout".encode()) as copy:
        lines = [bytes(line).decode() for line in copy]
    reader.seen += lines
    assert len(lines) == reader.run(f"select count(*) from {ORDERS}")[0][0] > 500
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
        f"select count(*) from {ORDERS} where pg_temp.tell(order_number)",
        f"select count(*) from {ORDERS} where order_number operator(pg_temp.===) ''",
        f"select count(*) from {ORDERS} where tenant_id = 2 or pg_temp.tell(order_number)",
        f"select count(*) from (select * from {ORDERS} offset 0) as o"
        " where pg_temp.tell(order_number)",
        f"select count(*) from (values (true)) as v (x) inner join {ORDERS}"
        " on pg_temp.tell(order_number)",
    ],
    ids=["function", "operator", "before_the_policy", "subquery", "join"],
)
def test_a_function_that_tells_is_told_of_its_own_rows_alone(reader: Session, query: str) -> None:
    ((own,),) = reader.run(f"select count(*) from {ORDERS}")
    reader.run(*_TELL)
    reader.seen.clear()
    ((counted,),) = reader.run(query)
    names = [text for text in reader.seen if text.startswith("NL-")]
    assert len(names) == counted == own > 500


def test_errors_tell_of_its_own_rows_alone(reader: Session) -> None:
    none = f"select count(*) from {ORDERS} where 1 / (tenant_id - {{}}) > 1"
    for tenant in range(2, 7):
        assert reader.run(none.format(tenant)) == [(0,)]
    with pytest.raises(psycopg.errors.DivisionByZero):
        reader.run(none.format(1))
    with pytest.raises(psycopg.errors.InvalidTextRepresentation, match='"NL-'):
        reader.run(f"select count(*) from {ORDERS} where cast(order_number as integer) > 0")
    with pytest.raises(psycopg.errors.CardinalityViolation):
        reader.run(f"select (select order_number from {ORDERS})")


def test_what_the_server_knows_of_tables_tells_no_value(
    reader: Session, owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    owner.execute(f"analyze {ORDERS}".encode())
    ((theirs,),) = owner.execute(
        f"select min(order_number) from {ORDERS} where tenant_id = 2".encode()
    ).fetchall()
    owner.execute(f"select '{theirs}' as asked_for")
    assert owner.execute(
        "select count(*) from pg_statistic inner join pg_class on pg_class.oid = starelid"
        " where relnamespace = 'facet_served'::regnamespace"
    ).fetchall() == [(0,)]
    assert (
        owner.execute(
            "select indexname from pg_indexes"
            " where schemaname = 'facet_served' and indexdef !~ '\\(tenant_id[,)]'"
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
        "order_id = '{}'",  # of the key, by which rows are found
        "tenant_id = 2 and order_id = '{}'",
        "(tenant_id, order_id) >= (2, '{}') and tenant_id < 3",
    ],
)
def test_plans_do_not_tell_a_value_that_others_have(
    reader: Session, owner: psycopg.Connection[tuple[Any, ...]], condition: str
) -> None:
    """Neither what is estimated, nor what was counted, nor what it was spared to look at."""
    owner.execute(f"analyze {ORDERS}".encode())
    column, nobodys = ("order_id", "999999999") if "order_id" in condition else _NUMBER
    ((first, last),) = owner.execute(
        f"select min({column}), max({column}) from {ORDERS} where tenant_id = 2".encode()
    ).fetchall()
    for setting in ("reset all", "set cpu_operator_cost = 0", "set enable_seqscan = off"):
        plans = set()
        for value in (str(first), str(last), nobodys):
            query = f"select * from {ORDERS} where {condition.format(value)}"
            explain = "explain (analyze, timing off, summary off, buffers off)"
            reader.connection.execute(setting.encode())
            lines = reader.connection.execute(
                f"{explain} {query} and sales_user_id = (select 1)".encode()
            ).fetchall()
            said = f"'{value}'" if column == "order_id" else value
            plans.add(str(lines).replace(said, "…"))
        assert len(plans) == 1, plans


def test_a_role_without_a_tenant_reads_nothing(
    database: str, owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    names = ("facet_reader_0", "facet_reader_01", "facet_reader_999", "my_facet_reader_1", "mary")
    query = f"select {WHOSE} from {ORDERS}"
    try:
        for name in names:
            owner.execute(f"create role {name} login in role facet_reader".encode())
            with session_of(database, name) as session:
                assert session.run(query) == [(None,)], name
        owner.execute("grant facet_reader_1 to mary")
        with session_of(database, "mary") as session:
            assert session.run(query) == [(None,)]
            assert session.run("set role facet_reader_1", query) == [("NL",)]
            assert session.run("reset role", query) == [(None,)]
        owner.execute("revoke facet_reader, facet_reader_1 from mary")
        with (
            session_of(database, "mary") as session,
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
    where relnamespace = 'facet_served'::regnamespace and relkind = 'r'
"""


def test_a_mart_has_its_policies_from_its_first_moment(
    database: str, publish: Callable[..., Any], owner: psycopg.Connection[tuple[Any, ...]]
) -> None:
    """One transaction creates the table, names it and puts the policies: nobody sees it before."""
    served = publish(database, "postgres")
    oid = f"select '{ORDERS}'::regclass::oid"
    before = owner.execute(oid.encode()).fetchone()
    seen, is_served = set(), Event()

    def look() -> None:
        with session_of(database, READERS.of(1)) as session:
            while not is_served.is_set():
                seen.add(tuple(session.run(f"select {WHOSE} from {ORDERS}")))

    with environment_set(environment(served.settings, database)):
        dbt = _Dbt(served.settings, lambda _: None)
        dbt.parse()
    owner.execute("delete from facet_build.served_marts")  # all are laid out anew
    watcher = Thread(target=look)
    watcher.start()
    try:
        serve(served.settings, database, marts_of(dbt.manifest), served.release)
    finally:
        is_served.set()
        watcher.join()
    assert owner.execute(oid.encode()).fetchone() != before
    assert seen == {(("NL",),)}
    ((marts, at_once, enforced),) = owner.execute(_AT_ONCE.encode()).fetchall()
    assert marts == at_once > 30
    assert enforced
    assert changes(database, readers=READERS, shown=_SHOWN) == ()


def test_a_reader_without_names_reads_sales_and_nobody(database: str) -> None:
    """Hidden is what a tenant's file hides from who sees neither personal data nor the staff's."""
    summed = (
        "select country_code, sum(amount) from facet_served.fct_sales_ledger as ledger"
        " left join facet_served.dim_customers on dim_customers.person_id = ledger.person_id"
        " group by 1 order by 1"
    )
    with session_of(database, READERS.of(2)) as named:
        expected = named.run(summed)
        assert named.run(
            "select count(full_name) > 99, count(city) > 99 from facet_served.dim_customers"
        )
    with session_of(database, READERS.unnamed.of(2)) as session:
        assert session.run(summed) == expected
        assert session.run("select distinct tenant_id from facet_served.fct_orders") == [(2,)]
        assert session.run("select facet_marts.safe_divide(1, 4)") == [(Decimal("0.25"),)]
        for hidden in (
            "select full_name from facet_served.dim_customers",
            "select count(*) from facet_served.dim_customers where city = 'Boston, MA'",
            "select full_name from facet_served.rpt_persons",
            "select sales_user_id from facet_served.fct_orders",
            "select count(*) from facet_served.fct_sales_credits",
            "select * from facet_served.dim_customers",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.run(hidden)
