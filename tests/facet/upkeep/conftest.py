"""The toy shop of two tenants, run once in a home, with what people leave there beside releases."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.pipeline.run import run
from facet.rights.keys import secret_of
from tests.facet.pipeline.conftest import parsed_toy, project_dir, settings, shop, synced_shop

__all__ = ["parsed_toy", "project_dir", "settings", "shop", "synced_shop"]

SEEN = Event(at=datetime(2026, 3, 18, tzinfo=UTC), tenant_id=1, user_id=11, kind="page")
ERASED = (
    '{"person": {"tenant_id": 2, "customer_ids": [9], "personal_key_ids": []},'
    ' "finished_at": "2026-01-01T00:00:00+00:00"}'
)
HISTORY = """
    create schema facet_history;
    create table facet_history.campaign_goal_targets (
        tenant_id bigint, goal_id bigint, target_value numeric(18, 2), dbt_valid_from timestamptz
    );
    insert into facet_history.campaign_goal_targets values
        (1, 7, 100.25, '2026-01-01 00:00:00+00'), (2, 7, 0.1, '2025-12-31 23:59:00+00');
    create schema facet_source;
    create table facet_source.measures (measured_date date primary key, total_count bigint);
    insert into facet_source.measures values ('2026-01-01', 3);
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the home is kept that the first test has built."""
    return tmp_path_factory.mktemp("built") / "home"


@pytest.fixture
def home(settings: Settings, synced_shop: Callable[[str], None], built: Path) -> Settings:
    """A home with a release, its history, a secret, an audit trail and the configuration of one."""
    if not built.exists():
        make(settings)
        shutil.copytree(settings.home, built)
    else:
        shutil.copytree(built, settings.home, dirs_exist_ok=True)
    return settings


def make(settings: Settings) -> None:
    """Run once, and leave what a home has beside its releases."""
    run(settings)
    secret_of(settings)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("drop schema if exists facet_source cascade")
        warehouse.execute(HISTORY)
    AuditTrail.of(settings).record(SEEN)
    (settings.home / "erasures").mkdir()
    (settings.home / "erasures" / "one.json").write_text(ERASED)
    (settings.home / "alerts.yml").write_text("rules: []\n")


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"
