"""How long a sync takes beside `COPY … (format binary)` of the same rows, in one run.

    python -m benchmarks.sync [--rows 8000000] [--changed 0.01] [--times 3]

Makes a PostgreSQL of its own with four wide tables (about 150 bytes a row; removed in the end) and
changes a share of the rows before each sync: half are new, half are old ones, anywhere. Sync is
timed from its call to its return, by scanning tables and by the log (FACET_SYNC_SLOT), COPY as it
runs fastest: by primary key, to nowhere. Of each, the quickest of so many times counts, for others
may be at work on the machine.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import psycopg

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.operational import embedded
from facet.sync import sync

#: Tables, and the share of all rows that each has.
_TABLES = {"orders": 0.2, "order_items": 0.5, "order_payments": 0.2, "logs": 0.1}
_COLUMNS = {
    "id": "bigint",
    "tenant_id": "bigint",
    "parent_id": "bigint",
    "code": "text",
    "note": "text",
    "amount": "numeric(18, 2)",
    "rate": "numeric(18, 8)",
    "quantity": "integer",
    "is_test": "boolean",
    "data": "jsonb",
    "ordered_on": "date",
    "created_at": "timestamptz",
    "updated_at": "timestamptz",
    "deleted_at": "timestamptz",
}
_NEW = """
    insert into {table} select n, 1 + n % 30, n / 3, 'C-' || n,
        case when n % 4 = 0 then 'a note of some length ' || n end, (n % 100000) * 1.01, 1, n % 9,
        false, case when n % 5 = 0 then jsonb_build_object('n', n) end,
        date '2024-01-01' + (n % 700)::integer, now(), now(), null
    from generate_series({first}, {last}) as n
"""


@dataclass
class Measured:
    """The quickest seconds of each thing that was timed, and the rows it moved."""

    seconds: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def time(self, name: str, work: Callable[[], int]) -> None:
        """Do something once more."""
        started = time.perf_counter()
        self.rows[name] = work()
        seconds = time.perf_counter() - started
        self.seconds[name] = min(seconds, self.seconds.get(name, seconds))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=8_000_000, help="in all four tables")
    parser.add_argument("--changed", type=float, default=0.01, help="share of them")
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facet-sync-") as folder:
        settings = Settings(home=Path(folder) / "home", project_dir=_project(Path(folder)))
        with embedded(settings) as url, psycopg.connect(url, autocommit=True) as connection:
            connection.execute("alter system set wal_level = logical")
            connection.execute("alter system set max_slot_wal_keep_size = '4GB'")
        with embedded(settings) as url:
            _fill(url, arguments.rows)
            measured = _measure(settings, url, arguments.changed, arguments.times)
    pairs = (
        ("everything", "everything", "copy, everything"),
        ("changed rows, by scanning", "changed rows, scan", "copy, changed rows"),
        ("changed rows, by the log", "changed rows, log", "copy, changed rows"),
        ("nothing, by scanning", "nothing, scan", None),
        ("nothing, by the log", "nothing, log", None),
    )
    lines = [
        (
            label,
            f"{measured.rows[synced]:,}",
            f"{measured.seconds[synced]:.2f}",
            f"{measured.seconds[copied]:.2f}" if copied else "–",
            f"{measured.seconds[synced] / measured.seconds[copied]:.1f}×" if copied else "–",
        )
        for label, synced, copied in pairs
    ]
    print(machine())
    print(table((f"of {arguments.rows:,} rows", "rows", "sync, s", "COPY, s", "ratio"), lines))


def _measure(settings: Settings, url: str, share: float, times: int) -> Measured:
    measured = Measured()
    with_log = replace(settings, home=settings.home / "log", sync_slot="facet")
    ways = {"scan": settings, "log": with_log}
    for way in ways.values():
        measured.time("everything", partial(_synced, way, url, full=True))
        measured.time("copy, everything", lambda: _copied(url, "select * from {table}"))
    for number in range(times):
        _change(url, share, number)
        for name, way in ways.items():
            measured.time(f"changed rows, {name}", partial(_synced, way, url, found_by=name))
        measured.time(
            "copy, changed rows",
            lambda: _copied(
                url, "select {table}.* from changed.{table} as changed join {table} using (id)"
            ),
        )
        with psycopg.connect(url) as connection:
            connection.execute("select pg_current_xact_id()")  # somebody writes something
        for name, way in ways.items():
            measured.time(f"nothing, {name}", partial(_synced, way, url, found_by=name))
    return measured


def _synced(settings: Settings, url: str, *, full: bool = False, found_by: str = "scan") -> int:
    report = sync(settings, url, full=full)
    if {done.found_by for done in report.tables} != {found_by}:
        raise SystemExit(f"not by the {found_by}: {report.scanned_because}")
    return sum(done.changed_rows for done in report.tables)


def _copied(url: str, query: str) -> int:
    rows = 0
    with psycopg.connect(url) as connection:
        if "changed" in query:  # a few rows of a large table: through its key
            connection.execute("set enable_hashjoin = off; set enable_mergejoin = off")
        for name in _TABLES:
            statement = f"copy ({query.format(table=name)}) to stdout (format binary)"
            with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
                for _ in copy:
                    pass
                rows += cursor.rowcount
    return rows


def _change(url: str, share: float, number: int) -> None:
    """Insert and update as many rows each, and note which."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create schema if not exists changed")
        for name in _TABLES:
            (highest,) = connection.execute(f"select max(id) from {name}".encode()).fetchall()[0]
            new = round(highest * share / 2)
            step = round(2 / share)
            for statement in (
                f"update {name} set note = 'changed {number}', updated_at = now()"
                f" where id % {step} = {number}",
                _NEW.format(table=name, first=highest + 1, last=highest + new),
                f"drop table if exists changed.{name}",
                f"create table changed.{name} as select id from {name}"
                f" where id > {highest} or id % {step} = {number}",
                f"analyze changed.{name}",
            ):
                connection.execute(statement.encode())


def _fill(url: str, rows: int) -> None:
    columns = ", ".join(f"{name} {data_type}" for name, data_type in _COLUMNS.items())
    with psycopg.connect(url, autocommit=True) as connection:
        for name, share in _TABLES.items():
            for statement in (
                f"create table {name} ({columns}, primary key (id))",
                _NEW.format(table=name, first=1, last=round(rows * share)),
            ):
                connection.execute(statement.encode())
        connection.execute("vacuum analyze")
        listed = ", ".join(f"{name} (id)" for name in _TABLES)
        connection.execute(f"create publication facet for table {listed}".encode())


def _project(folder: Path) -> Path:
    columns = "\n".join(
        f"          - {{name: {name}, data_type: '{data_type}'}}"
        for name, data_type in _COLUMNS.items()
    )
    tables = "\n".join(
        f"      - name: {name}\n        config: {{meta: {{entity: {name}_row, model: {name},"
        f" sync: updated_at}}}}\n        columns:\n{columns}"
        for name in _TABLES
    )
    path = folder / "project" / "models" / "staging" / "shop" / "_shop__sources.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"sources:\n  - name: shop\n    tables:\n{tables}\n", encoding="utf-8")
    return folder / "project"


if __name__ == "__main__":
    main()
