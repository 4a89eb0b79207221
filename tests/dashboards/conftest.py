"""The dashboards in a test: as a script (`app`), and in a real browser (`browser_page`)."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR, Settings
from facet.release import Release
from facet.reporting.identity.identity import RequestContext
from facet.reporting.screen.frame import sign_in
from facet.reporting.server import serving
from tests.dashboards.driver import Dashboard, open_dashboard
from tests.dashboards.reading import App, HouseWith
from tests.facet.reporting import house_campaigns, house_promotions
from tests.facet.reporting.fixtures import AT_THIS_MACHINE, house, semantic_manifest
from tests.facet.reporting.house import publish_house

__all__ = ["house", "semantic_manifest"]


@pytest.fixture
def request_context(monkeypatch: pytest.MonkeyPatch) -> Callable[[RequestContext], None]:
    """Sets where requests of `app` come in: there is no request in a script run by a test."""

    def place(value: RequestContext) -> None:
        monkeypatch.setattr(sign_in, "request_context", lambda: value)

    place(AT_THIS_MACHINE)
    return place


@pytest.fixture
def app(request_context: object, monkeypatch: pytest.MonkeyPatch, house: Release) -> App:
    """Starts the dashboards on a release, the house's unless another is given."""

    def start(*, home: Path | None = None, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("FACET_HOME", str(home or house.directory.parent.parent))
        script = AppTest.from_file(
            str(PROJECT_DIR / "dashboards" / "streamlit_app.py"), default_timeout=60
        )
        for name, value in address.items():
            script.query_params[name.rstrip("_")] = value
        return script.run()

    return start


@pytest.fixture(scope="session")
def house_with(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> HouseWith:
    """Publishes the house with further marts, in a home of its own; nobody changes it."""

    def publish(more: Callable[..., Sequence[str]], **given: Any) -> Release:
        settings = Settings(home=tmp_path_factory.mktemp("house"))
        return publish_house(settings, semantic_manifest, more=more, **given)

    return publish


@pytest.fixture(scope="session")
def campaign_house(house_with: HouseWith) -> Release:
    """The house with its campaigns; nobody changes it."""
    return house_with(house_campaigns.create)


@pytest.fixture(scope="session")
def promotion_house(house_with: HouseWith) -> Release:
    """The house with its promotions."""
    return house_with(house_promotions.make)


@pytest.fixture(scope="session")
def address(house: Release) -> Iterator[str]:
    """The address of a server of the house's release, on a port of its own."""
    with serve_home(house.directory.parent.parent) as url:
        yield url


@pytest.fixture
def dashboard(browser: Browser, address: str) -> Iterator[Dashboard]:
    """A fresh browser window of the house's dashboards; ends where the page logged an error."""
    with open_dashboard(browser, address) as opened:
        yield opened


def serve_home(home: Path) -> AbstractContextManager[str]:
    """Serve the releases of a home on a free port; yields the address."""
    return serving(replace(Settings(home=home), port=free_port()))


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
