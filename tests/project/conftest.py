"""The whole path, walked once per session: two databases, two engines, a release of each.

``demo`` is the demo at a fifth of its size; ``foreign`` is somebody else's data.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from facet.config import Engine, Settings
from facet.demo import create_demo
from facet.pipeline.run import run
from facet.release import Release, current
from facet.reporting.identity import identity
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from facet.rights.codes import CODES

#: The demo's as-of date in tests: a Sunday after the autumn clock change in New York.
AS_OF = date(2026, 11, 22)
#: The moment that the numbers are of: it is the as-of date wherever the four tenants are.
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _load(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"tests_project_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, kw_only=True)
class Served:
    """A database and what Facet published of it."""

    url: str
    settings: Settings
    release: Release

    def reader(self, tenant_id: int, *, people: frozenset[int] | None = None) -> MetricReader:
        """Metrics of one tenant, as who may see it all, or only these people, would get them."""
        principal = identity.Principal(
            tenant_id=tenant_id,
            user_id=1,
            full_name="Test",
            role_codes="",
            permissions=CODES,
            people=people,
            proof=identity._PROOF,
        )
        return MetricReader(Gateway(), principal, self.release)


def _run(url: str, home: Path, engine: Engine) -> Served:
    settings = Settings(home=home, engine=engine, operational_url=url, as_of=NOW)
    report = run(settings)
    assert report.error is None
    assert report.held_back == ()
    assert report.failed_tests == ()
    return Served(url=url, settings=settings, release=current(settings.releases_dir))


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
        _load("foreign_shop").load(url, orders=orders)
        return url

    return new


@pytest.fixture(scope="session")
def foreign_database(new_foreign_database: Callable[[int], str]) -> str:
    return new_foreign_database(700)


@pytest.fixture(scope="session")
def publish(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Engine], Served]:
    """Runs the pipeline on a database with an engine; the same pair only once."""
    done: dict[tuple[str, Engine], Served] = {}

    def served(url: str, engine: Engine) -> Served:
        if (url, engine) not in done:
            done[url, engine] = _run(url, tmp_path_factory.mktemp("home"), engine)
        return done[url, engine]

    return served


@pytest.fixture(scope="session")
def publish_next(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Served]:
    """Runs the pipeline on one database after the other, and keeps only what dbt has parsed."""
    home = tmp_path_factory.mktemp("home")

    def served(url: str) -> Served:
        (home / "warehouse.duckdb").unlink(missing_ok=True)
        return _run(url, home, "duckdb")

    return served


@pytest.fixture(params=["demo", "foreign"])
def database(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url
