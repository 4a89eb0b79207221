"""A shop on a server with a logical log, and a copy that the log can bring up to date."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.operational import embedded
from facet.sync import SyncReport, sync
from facet.sync import changes as recorded
from tests.facet.sync.conftest import Execute
from tests.servers import databases

PUBLICATION = "create publication facet for table orders (id), order_lines (id), logs (id)"


@pytest.fixture(scope="session")
def empty_database() -> Iterator[Callable[[], str]]:
    """On a server with a logical log."""
    with TemporaryDirectory(prefix="facet-", ignore_cleanup_errors=True) as folder:
        home = Settings(home=Path(folder))
        with embedded(home) as url, psycopg.connect(url, autocommit=True) as connection:
            for setting in (
                "wal_level = logical",
                "fsync = off",
                "max_slot_wal_keep_size = '64MB'",
                "max_wal_size = '64MB'",
                "max_prepared_transactions = 3",
                "max_replication_slots = 40",
            ):
                connection.execute(f"alter system set {setting}".encode())
        with embedded(home) as url, databases(url, template="facet") as new:
            yield new


@pytest.fixture
def settings(settings: Settings, url: str, execute: Execute) -> Iterator[Settings]:
    """Of a copy that the log can bring up to date."""
    with_slot = replace(settings, sync_slot="facet")
    execute(PUBLICATION)
    sync(with_slot, url)
    sync(with_slot, url)
    build(with_slot)
    yield with_slot
    execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots")


def build(settings: Settings) -> None:
    with duckdb.connect(settings.warehouse_path) as connection:
        connection.execute(
            "create temporary table taken"
            " (node text, tenant_id bigint, key_name text, key_value bigint)"
        )
        recorded.take(lambda statement: connection.execute(statement).fetchall(), "taken")


def tenants(settings: Settings) -> set[tuple[str, int | None]]:
    with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
        return set(
            connection.execute(
                "select table_name, tenant_id from facet_sync.changed_tenants"
            ).fetchall()
        )


def found_by(report: SyncReport) -> dict[str, str]:
    return {table.name: table.found_by for table in report.tables}


LOG = {"logs": "log", "order_lines": "log", "order_tags": "scan", "orders": "log"}
