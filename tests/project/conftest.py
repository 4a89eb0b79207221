"""The whole path, walked once per session: two databases, two engines, a release of each.

``demo`` is the demo at a fifth of its size; ``foreign`` is somebody else's data.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from facet.config import Engine, Settings
from facet.demo import create_demo
from facet.pipeline.history import RunReport
from facet.pipeline.profile import target_path
from facet.pipeline.run import run
from facet.release import Release, current
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from tests.facet.reporting.fixtures import semantic_manifest
from tests.principals import principal
from tests.project import edge_shops, edge_tenants, foreign_shop

__all__ = ["semantic_manifest"]

#: The demo's as-of date in tests: a Sunday after the autumn clock change in New York.
AS_OF = date(2026, 11, 22)
#: The moment that the numbers are of: it is the as-of date wherever the four tenants are.
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Served:
    """A database and what Facet published of it."""

    url: str
    settings: Settings
    release: Release

    def reader(self, tenant_id: int, *, people: frozenset[int] | None = None) -> MetricReader:
        """Metrics of one tenant, as who may see it all, or only these people, would get them."""
        return MetricReader(Gateway(), principal(tenant_id, people=people), self.release)


@pytest.fixture(scope="session")
def demo_database(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    create_demo(url, as_of=AS_OF, scale=0.2)
    return url


@pytest.fixture(scope="session")
def new_foreign_database(operational_database: Callable[[], str]) -> Callable[[int], str]:
    """Makes a database with somebody else's data, of about so many orders."""

    def new(orders: int) -> str:
        url = operational_database()
        foreign_shop.load(url, orders=orders)
        return url

    return new


@pytest.fixture(scope="session")
def foreign_database(new_foreign_database: Callable[[int], str]) -> str:
    return new_foreign_database(700)


@pytest.fixture(scope="session")
def edge_database(operational_database: Callable[[], str]) -> str:
    """Tenants at the edge, and shops of nothing, of one and of very many."""
    url = operational_database()
    edge_tenants.load(url)
    edge_shops.load(url)
    return url


@pytest.fixture(scope="session")
def new_home(
    tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path
) -> Callable[[], Path]:
    """Makes a home in which dbt need not parse the project for DuckDB anew.

    For PostgreSQL it must: what is parsed has the database's name in it.
    """
    parsed = semantic_manifest.with_name("partial_parse.msgpack")

    def new() -> Path:
        home = tmp_path_factory.mktemp("home") / "home"
        place = target_path(Settings(home=home, engine="duckdb"))
        place.mkdir(parents=True)
        shutil.copy(parsed, place)
        return home

    return new


@pytest.fixture(scope="session")
def run_anew(
    new_home: Callable[[], Path],
) -> Callable[[str, Engine], tuple[Settings, RunReport]]:
    """Runs the pipeline on a database with an engine, in a home of its own."""

    def run_in_new_home(url: str, engine: Engine) -> tuple[Settings, RunReport]:
        settings = Settings(home=new_home(), engine=engine, operational_url=url, as_of=NOW)
        return settings, run(settings)

    return run_in_new_home


@pytest.fixture(scope="session")
def publish(
    run_anew: Callable[[str, Engine], tuple[Settings, RunReport]],
) -> Callable[[str, Engine], Served]:
    """Runs the pipeline on a database with an engine; the same pair only once."""
    done: dict[tuple[str, Engine], Served] = {}

    def served(url: str, engine: Engine) -> Served:
        if (url, engine) not in done:
            settings, report = run_anew(url, engine)
            assert (report.error, report.held_back, report.failed_tests) == (None, (), ())
            release = current(settings.releases_dir)
            done[url, engine] = Served(url=url, settings=settings, release=release)
        return done[url, engine]

    return served


@pytest.fixture(params=["demo", "foreign"])
def database(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url
