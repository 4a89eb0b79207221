"""A real home is lost and restored: every tenant's numbers are served, and sync begins anew."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb

from facet.config import Settings
from facet.release import current
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from facet.sync import sync
from facet.upkeep.backup import back_up
from facet.upkeep.restore import restore
from tests.principals import principal
from tests.project.conftest import Served

METRICS = ("net_sales", "orders", "gross_margin", "payments_net")


def numbers(settings: Settings) -> dict[int, tuple[object, ...]]:
    """Metrics of each tenant, as the dashboards ask for them."""
    release = current(settings.releases_dir)
    found: dict[int, tuple[object, ...]] = {}
    for tenant in release.tenants:
        reader = MetricReader(Gateway(), principal(tenant.tenant_id), release)
        found[tenant.tenant_id] = tuple(reader.metrics(METRICS).rows[0])
    return found


def counts(settings: Settings) -> list[tuple[str, int]]:
    """Rows of each operational table in the copy."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        tables = warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'public' order by 1"
        ).fetchall()
        return [
            (name, warehouse.execute(f'select count(*) from public."{name}"').fetchall()[0][0])
            for (name,) in tables
        ]


def goals(settings: Settings) -> list[tuple[object, ...]]:
    """The targets that goals had, by version."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        return warehouse.execute(
            "select tenant_id, goal_id, target_value, dbt_scd_id, cast(dbt_valid_from as text)"
            " from facet_history.campaign_goal_targets order by all"
        ).fetchall()


def test_a_real_home_that_is_lost_serves_the_same_numbers_and_syncs_anew(
    demo_database: str, publish: Callable[..., Served], tmp_path: Path
) -> None:
    served = publish(demo_database, "duckdb")
    lost = replace(served.settings, home=tmp_path / "home")
    before = numbers(served.settings)
    sold = [net for net, *_ in before.values() if isinstance(net, Decimal) and net > 0]
    assert len(set(sold)) > 1

    archive = back_up(served.settings, tmp_path / "backups")
    restore(lost, archive.path)

    assert numbers(lost) == before
    assert goals(lost) == goals(served.settings) != []

    report = sync(lost, demo_database)
    assert report.full_because is not None
    assert counts(lost) == counts(served.settings)
    assert goals(lost) == goals(served.settings)
    shutil.rmtree(lost.home)
