"""What every test may ask for: a throw-away PostgreSQL with databases on it, and a browser."""

import os
import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from streamlit.components.v2 import manifest_scanner
from xdist.scheduler import LoadScopeScheduling

from facet.operational import create
from tests.dashboards import chromium
from tests.servers import database, databases, server

_TEMPLATE = "operational_template"


#: Tests that share what takes long to make (a release, a server) go to one process, longest first.
#: Those of the project share two databases, but for these, which build their own.
_GROUPS: Final = (
    r"tests/project/(?!test_(complete_journey|edge_(shop_pages|shops|tenants)|random_databases"
    r"|bad_tenants|dbt_build|failures|things_of_one_name)\.py)",
    r"tests/dashboards/",
    r"tests/project/test_(complete_journey|edge_(shop_pages|shops|tenants)|random_databases"
    r"|failures|things_of_one_name)\.py",
    r"tests/project/test_bad_tenants\.py",
    r"tests/project/test_dbt_build\.py",
)


#: What `make test` leaves to `make test-all`: databases that are built for one test, the foreign
#: one on PostgreSQL, and every page in a browser over and over.
_THOROUGH: Final = (
    r"tests/project/test_(bad_tenants|complete_journey|dagster|edge_(shop_pages|shops|tenants)"
    r"|erasure|failures|incremental|random_databases|things_of_one_name|wider_types)\.py",
    r"tests/project/.*\[foreign(-postgres)?\]",
    r"tests/dashboards/test_(new_language|what_a_browser_receives)\.py",
    r"tests/dashboards/test_for_everybody\.py::test_axe",
)


class GroupedScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Hands tests out by what they share: marks of `--dist loadgroup` are lost on pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((shared for shared in _GROUPS if re.match(shared, file)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupedScheduling:
    """Hand tests out in the order they are in: not those first that are most."""
    config.option.loadscopereorder = False
    return GroupedScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first: what is short fills up what is left of the time."""
    for item in items:
        if any(re.match(thorough, item.nodeid) for thorough in _THOROUGH):
            item.add_marker("thorough")
    items.sort(key=lambda item: [not re.match(shared, item.nodeid) for shared in _GROUPS])


@pytest.fixture(scope="session", autouse=True)
def components_sought_once() -> Iterator[None]:
    """Streamlit (1.67) reads the metadata of every package installed for components of its own.

    A server does so when it starts; each new `AppTest` does when it first runs, which took as
    long as the page itself.
    """
    found = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the test fails and says how to get it."""
    path = chromium.find()
    assert path, "No Chromium: run `make browser`, or python -m tests.dashboards.chromium"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server's database ``postgres``; the workers of pytest-xdist share the server."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:8]
    with server(f"facet-{run}") as url:
        yield url


@pytest.fixture
def short_home() -> Iterator[Path]:
    """A folder of its own that an embedded server can live in, gone after the test."""
    with tempfile.TemporaryDirectory(prefix="facet-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Interrupts reach this process and those it starts, also in a job that ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def empty_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes a database without tables and returns its URL; gone after the session."""
    with databases(postgres, template="facet") as new:
        yield new


@pytest.fixture(scope="session")
def operational_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes a database with the operational schema, without rows; gone after the session."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(1)")  # one worker makes the template
        exists = connection.execute(
            "select from pg_database where datname = %s", [_TEMPLATE]
        ).rowcount
        if not exists:
            connection.execute(f"create database {_TEMPLATE} template facet")
            create(database(postgres, _TEMPLATE))
    with databases(postgres, template=_TEMPLATE) as new:
        yield new
