"""Homes with a release of three shops, its people, and a real mail server."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.mail_server import Smtp
from facet.release import Release, current
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from facet.reports.subscriptions import Subscription, find, read_subscriptions
from tests.facet.reporting import house_whole
from tests.facet.reporting.fixtures import semantic_manifest
from tests.facet.reports.mailbox import Mailbox, mailbox
from tests.principals import principal

__all__ = ["semantic_manifest"]

#: In the morning of the day of the data: 07:30 on 18 March in Saigon, evening before in New York.
MORNING = datetime(2026, 3, 18, 0, 30, tzinfo=UTC)
MAI: dict[str, Any] = {
    "tenant": 2,
    "recipient": "21@house.example",
    "sections": ["sales"],
    "every": "day",
    "at": "07:00",
}
ADA: dict[str, Any] = {**MAI, "tenant": 1, "recipient": "11@house.example"}


@dataclass(frozen=True)
class Home:
    """A home of its own that may be changed, and its mailbox."""

    settings: Settings
    box: Mailbox

    @property
    def release(self) -> Release:
        return current(self.settings.releases_dir)

    def subscribe(self, **reports: dict[str, Any]) -> None:
        """Write the subscriptions; ``_`` in a name stands for ``-``."""
        content = {"reports": {name.replace("_", "-"): own for name, own in reports.items()}}
        path = self.settings.home / "reports.yml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def subscription(self, name: str) -> Subscription:
        return find(read_subscriptions(self.settings), name)

    def change_release(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change what the release says of itself, as a later one would say it."""
        path = self.release.directory / "release.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    def data_of(self, moment: datetime) -> None:
        """Have the data be of another moment."""

        def change(content: dict[str, Any]) -> None:
            content["snapshot"]["at"] = moment.isoformat()
            for tenant in content["tenants"]:
                tenant["snapshot_at"] = moment.isoformat()

        self.change_release(change)

    def hold_back(self, tenant_id: int, *, status: str = "kept") -> None:
        """Have a tenant's file be one that was kept, or a fresh one again."""

        def change(content: dict[str, Any]) -> None:
            for tenant in content["tenants"]:
                if tenant["tenant_id"] == tenant_id:
                    tenant["status"] = status

        self.change_release(change)

    def grant(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change each person's rights, as a refresh after a change in the CRM does."""
        path = self.settings.rights_dir / "rights.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        content["taken_at"] = datetime.now(UTC).isoformat()
        for person in content["people"]:
            change(person)
        path.write_text(json.dumps(content), encoding="utf-8")

    def events(self, tenant_id: int) -> tuple[Event, ...]:
        """The tenant's events of the audit trail that are of reports, the first one first."""
        found = AuditTrail.of(self.settings).events(
            tenant_id,
            since=datetime(2020, 1, 1, tzinfo=UTC),
            until=datetime(2100, 1, 1, tzinfo=UTC),
        )
        return tuple(event for event in reversed(found) if "report" in event.details)

    def metrics(self, tenant_id: int) -> MetricReader:
        """The metrics of a tenant, for who sees everything."""
        return MetricReader(Gateway(), principal(tenant_id), self.release)


@pytest.fixture(scope="session")
def whole_home(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Path:
    """The home that others are copies of."""
    settings = Settings(home=tmp_path_factory.mktemp("reports") / "home")
    house_whole.publish_whole(settings, semantic_manifest)
    house_whole.grant(settings)
    settings.warehouse_path.unlink()
    (settings.home / "audit.sqlite").unlink()
    return settings.home


@pytest.fixture
def home(whole_home: Path, tmp_path: Path) -> Iterator[Home]:
    """A home with nobody subscribed."""
    shutil.copytree(whole_home, tmp_path / "home")
    with mailbox() as box:
        settings = replace(
            Settings(home=tmp_path / "home"),
            smtp=Smtp(host="127.0.0.1", port=box.port, security="none"),
            mail_from="Facet <reports@house.example>",
        )
        yield Home(settings, box)
