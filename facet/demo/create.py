"""Fill an operational database with the demo: run the SQL files in order, in batches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import psycopg
from psycopg import sql

from facet.demo.existing import ExistingDemo, existing_demo
from facet.errors import OperationalError
from facet.operational.connection import Connection, connect, where
from facet.quoting import constant

SQL_DIR = Path(__file__).parent / "sql"

#: Orders that one transaction writes: what bounds the memory, whatever the scale.
BATCH_ORDERS = 20_000

#: Called with what is being done and the share of the whole that is done: 0–1.
Progress = Callable[[str, float], None]

#: First digits of the files of each step. What one file of a batch draws the later ones read.
_SETUP, _BATCH = "01", "234"
_FINISH = (
    ("Goals, shifts, stock, campaigns and text messages", "6"),
    ("Schedules, reviews, projects and tasks", "7"),
    ("Calls, logs, alerts and notes", "8"),
    ("The planted cases", "9"),
)
_SETUP_SHARE, _BATCH_SHARE, _FINISH_SHARE = 0.05, 0.75, 0.97


@dataclass(frozen=True, kw_only=True)
class DemoReport:
    """What stands after ``create_demo``; ``created`` is False where it had stood before."""

    seed: int
    as_of: date
    until: datetime | None
    scale: Decimal
    tenants: int
    orders: int
    cases: int
    created: bool


def create_demo(
    url: str,
    *,
    seed: int = 7,
    as_of: date,
    until: datetime | None = None,
    scale: Decimal | float = 1,
    schema: str = "public",
    progress: Progress | None = None,
) -> DemoReport:
    """Write the demo: four houses, three years up to ``as_of`` or ``until``, and the cases.

    The same arguments give the same rows. Where this very demo stands already nothing is done; one
    that was broken off is written anew.

    Args:
        url: libpq URL of a database that has the operational tables.
        seed: another seed, another history of the same houses.
        as_of: the first day that is not in the data, in each tenant's time zone.
        until: a moment of that day in UTC; data reach to it on each tenant's clocks, whose today is
            then its own, and has begun.
        scale: 1 is about 60,000 orders. Memory does not grow with it.
        schema: the schema of the tables.
        progress: called before each step.

    Raises:
        OperationalError: the tables are missing, or the database holds other tenants or another
            demo.
    """
    wanted = ExistingDemo(
        seed=seed, as_of=as_of, until=until, scale=Decimal(str(scale)), is_whole=True
    )
    with connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext('facet.demo.create'))")
        found = existing_demo(connection, url=url, schema=schema)
        if found is not None and found != wanted:
            _require_unfinished(found, wanted, url=url, schema=schema)
        _prepare(connection, schema)
        if found != wanted:
            if found is not None:
                _clear(connection, schema)
            _write(connection, wanted, progress or (lambda step, done: None))
        return _report(connection, wanted, created=found != wanted)


def _require_unfinished(
    found: ExistingDemo, wanted: ExistingDemo, *, url: str, schema: str
) -> None:
    if found.is_whole:
        raise OperationalError(
            f"Schema {schema} of {where(url)}",
            why=f"It holds the demo of seed {found.seed}, as of {found.until or found.as_of},"
            f" scale {found.scale}; seed {wanted.seed}, {wanted.until or wanted.as_of},"
            f" scale {wanted.scale} was asked for.",
            next_step="Use it as it is, or name an empty database with --url.",
        )


def _prepare(connection: Connection, schema: str) -> None:
    """Settings of this connection alone; a time zone of UTC makes dates the same everywhere."""
    connection.execute(
        sql.SQL("set search_path to {}, public").format(sql.Identifier(schema)),
    )
    for setting in ("timezone = 'UTC'", "jit = off", "work_mem = '64MB'", "temp_buffers = '64MB'"):
        connection.execute(f"set {setting}")


def _clear(connection: Connection, schema: str) -> None:
    """Remove a demo that was broken off; every tenant there is known to be the demo's."""
    connection.execute(
        sql.SQL("truncate {}, {}, {}, {} cascade").format(
            *(
                sql.Identifier(schema, table)
                for table in ("sys_tenants", "auth_users", "sys_permissions", "channels_platforms")
            )
        )
    )


def _write(connection: Connection, wanted: ExistingDemo, progress: Progress) -> None:
    parameters = _parameters(wanted)
    progress("The four houses", 0)
    with connection.transaction():
        _run(connection, _SETUP, parameters)
    batches = connection.execute(
        "select tenant_id, batch, min(day), sum(orders) from demo_day group by 1, 2 order by 1, 2"
    ).fetchall()
    total, done = sum(row[3] for row in batches), 0
    for tenant_id, batch, first_day, orders in batches:
        progress(
            f"Orders of tenant {tenant_id} from {first_day:%B %Y}",
            _SETUP_SHARE + float(done / total) * (_BATCH_SHARE - _SETUP_SHARE),
        )
        with connection.transaction():
            _run(connection, _BATCH, {"tenant_id": str(tenant_id), "batch": str(batch)})
        done += orders
    for position, (step, first_digits) in enumerate(_FINISH):
        share = (_FINISH_SHARE - _BATCH_SHARE) * position / len(_FINISH)
        progress(step, _BATCH_SHARE + share)
        with connection.transaction():
            _run(connection, first_digits, parameters)
    progress("Statistics", _FINISH_SHARE)
    connection.execute("analyze")


def _parameters(wanted: ExistingDemo) -> dict[str, str]:
    """What the files of SQL are told, by name."""
    return {
        "seed": str(wanted.seed),
        "as_of": constant(wanted.as_of),
        "until": constant(wanted.until),
        "scale": str(wanted.scale),
        "batch_orders": str(BATCH_ORDERS),
    }


def _run(connection: Connection, first_digits: str, parameters: dict[str, str]) -> None:
    for path in sorted(SQL_DIR.glob(f"[{first_digits}]*.sql")):
        text = path.read_text(encoding="utf-8")
        for name, value in parameters.items():
            text = text.replace(f":{name}", value)
        try:
            connection.execute(text.encode())
        except psycopg.Error as error:
            error.add_note(f"In {path}")
            raise


def _report(connection: Connection, wanted: ExistingDemo, *, created: bool) -> DemoReport:
    row = connection.execute(
        "select (select count(*) from sys_tenants), count(*), count(*) filter (where id < 1000)"
        " from orders"
    ).fetchone()
    assert row is not None
    tenants, orders, cases = row
    return DemoReport(
        seed=wanted.seed,
        as_of=wanted.as_of,
        until=wanted.until,
        scale=wanted.scale,
        tenants=tenants,
        orders=orders,
        cases=cases,
        created=created,
    )
