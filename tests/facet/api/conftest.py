"""A home with the house's release, tokens of its people, and a real server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import httpx
import pytest
import uvicorn

from facet.api.issuing import issue_to_person, issue_to_service
from facet.api.server import application
from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from tests.facet.reporting.fixtures import semantic_manifest
from tests.facet.reporting.house import publish_house
from tests.facet.reporting.house_people import SECRET

__all__ = ["semantic_manifest"]

MARCH = {"start": "2026-03-01", "end": "2026-03-18"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Settings:
    """The settings of a home with the house's release, which tests of a module share."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    publish_house(settings, semantic_manifest)
    (settings.home / "secret").write_bytes(SECRET)
    return settings


def person(home: Settings, user_id: int, tenant_id: int = 1) -> str:
    """A token of one of the house's people."""
    address = f"{user_id}@house.example"
    return issue_to_person(home, tenant_id=tenant_id, address=address, days=90).text


def service(home: Settings, *permissions: str, tenant_id: int = 1) -> str:
    """A token of a program."""
    issued = issue_to_service(
        home, tenant_id=tenant_id, name="books", permissions=frozenset(permissions), days=90
    )
    return issued.text


@contextmanager
def served(settings: Settings, *, per_minute: int = 1000) -> Iterator[str]:
    """A real server on a free port; its address."""
    config = uvicorn.Config(
        application(settings, per_minute=per_minute), port=0, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    deadline = monotonic() + 60
    while not server.started and monotonic() < deadline:
        sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def address(home: Settings) -> Iterator[str]:
    with served(home) as at:
        yield at


Client = Callable[[str], httpx.Client]


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    """A client of the server for whoever holds a token."""
    made: list[httpx.Client] = []

    def of(token: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"}
        made.append(httpx.Client(base_url=address, headers=headers, timeout=60))
        return made[-1]

    yield of
    for one in made:
        one.close()


def events(home: Settings, tenant_id: int) -> tuple[Event, ...]:
    """What was recorded of a tenant, the latest first."""
    now = datetime.now(UTC)
    return AuditTrail.of(home).events(
        tenant_id, since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
