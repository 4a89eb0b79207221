"""Two shops whose marts are made by hand, a webhook and a mail server that are real."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from aiosmtpd.controller import Controller

from facet.config import Settings
from facet.pipeline.history import RunReport, record
from facet.release import Audit, Mart, Release, Snapshot, publish
from tests.facet.alerts.webhook import Webhook, serving
from tests.facet.reporting import contracts

#: A Wednesday; in Saigon it is 22:30, in New York 11:30.
AS_OF = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
NEW_YORK, SAIGON = 1, 2
TENANTS = (
    {"tenant_id": NEW_YORK, "tenant_name": "Hart & Vale", "timezone": "America/New_York"},
    {"tenant_id": SAIGON, "tenant_name": "Ngọc Lan", "timezone": "Asia/Ho_Chi_Minh"},
)
MARTS = (
    *("fct_orders", "rpt_quarantine", "rpt_campaign_goals", "rpt_promotions", "rpt_products"),
    "fct_replies",
)

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def publish_marts(settings: Settings, tmp_path: Path) -> Callable[..., Release]:
    """Publishes marts of these rows, as of a moment; `without` is what an older release lacks."""
    manifest = tmp_path / "semantic_manifest.json"
    spines: dict[str, Any] = {"time_spines": []}
    manifest.write_text(json.dumps({"semantic_models": [], "project_configuration": spines}))

    def served(
        rows: Rows,
        *,
        at: datetime = AS_OF,
        audit: Audit | None = None,
        without: str | None = None,
        tenants: Sequence[Mapping[str, Any]] = TENANTS,
    ) -> Release:
        settings.create_home()
        settings.warehouse_path.unlink(missing_ok=True)
        names = [name for name in ("dim_tenants", *MARTS) if name != without]
        with duckdb.connect(str(settings.warehouse_path)) as warehouse:
            warehouse.execute("create schema facet_marts")
            for name in names:
                given = tenants if name == "dim_tenants" else rows.get(name, ())
                contracts.create(warehouse, name, () if name == "fct_orders" else given)
            if values := ", ".join(
                f"({row['tenant_id']}, {row['order_id']}, date '{row['order_date']}')"
                for row in rows.get("fct_orders", ())
            ):  # many rows, which are slow one by one
                warehouse.execute(
                    "insert into facet_marts.fct_orders (tenant_id, order_id, order_date)"
                    f" values {values}"
                )
        return publish(
            settings,
            url="",
            marts=[Mart(name=name, sort_key=("tenant_id",)) for name in names],
            audit=audit or Audit(passed=1),
            snapshot=Snapshot(at=at, source="shop"),
            semantic_manifest=manifest,
            dbt_version="1.11",
        )

    return served


@pytest.fixture
def configure(settings: Settings) -> Callable[[Mapping[str, Any]], None]:
    """Writes the home's ``alerts.yml``."""

    def write(content: Mapping[str, Any]) -> None:
        settings.create_home()
        (settings.home / "alerts.yml").write_text(yaml.safe_dump(content, allow_unicode=True))

    return write


@pytest.fixture
def record_run(settings: Settings) -> Callable[..., None]:
    """Records a run that ended at a moment, with an error or without."""

    def ends(at: datetime, error: str | None = None) -> None:
        settings.create_home()
        outcome: Any = "failed" if error else "published"
        record(
            settings,
            RunReport(started_at=at, finished_at=at, outcome=outcome, error=error),
        )

    return ends


def orders(tenant_id: int, counts: Mapping[date, int]) -> list[dict[str, Any]]:
    """So many orders of a tenant on each of these days."""
    days = [day for day, count in counts.items() for _ in range(count)]
    return [
        {"tenant_id": tenant_id, "order_id": number, "order_date": day}
        for number, day in enumerate(days, start=1)
    ]


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with serving() as hook:
        yield hook


@dataclass
class Mailbox:
    """A mail server: what it took, by whom it is for."""

    port: int
    mails: list[tuple[str, Message]] = field(default_factory=list)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    class Handler:
        async def handle_DATA(self, _: object, __: object, envelope: Any) -> str:
            mail: EmailMessage = message_from_bytes(envelope.content, policy=default)
            box.mails += [(address, mail) for address in envelope.rcpt_tos]
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box = Mailbox(port=free.getsockname()[1])
    server = Controller(Handler(), hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()
