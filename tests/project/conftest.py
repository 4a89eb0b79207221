"""The whole path, walked once per session: two databases, two engines, a release of each.

``demo`` is the demo at a fifth of its size; ``foreign`` is somebody else's data.
"""

import pprint
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from dbt.adapters.postgres.connections import PostgresCredentials
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from facet.config import Engine, Settings
from facet.demo import create_demo
from facet.pipeline.history import RunReport
from facet.pipeline.profile import target_path
from facet.pipeline.run import run
from facet.release import Release, current
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from tests.facet.reporting.fixtures import PARSED, parsed_once, semantic_manifest
from tests.principals import principal
from tests.project import edge_shops, edge_tenants, foreign_shop

__all__ = ["semantic_manifest"]

#: The demo's as-of date in tests: a Sunday after the autumn clock change in New York.
AS_OF = date(2026, 11, 22)
#: The moment that the numbers are of: it is the as-of date wherever the tenants are.
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
    tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path, postgres: str
) -> Iterator[Callable[[str, Engine], Path]]:
    """Makes a home for a database and an engine in which dbt need not parse the project anew.

    What is parsed for PostgreSQL has the database's name in it, and all names are equally long.
    """
    shared = semantic_manifest.parents[2]
    parsed_for = make_conninfo(postgres, dbname="operational_template_0000000_000")

    def make(url: str, engine: Engine) -> Path:
        home = tmp_path_factory.mktemp("home") / "home"
        parsed = parsed_once(Settings(home=shared, engine=engine), parsed_for) / PARSED
        content = parsed.read_bytes()
        if engine == "postgres":
            old, new = (str(conninfo_to_dict(one)["dbname"]) for one in (parsed_for, url))
            assert len(old) == len(new), (old, new)
            for told in (str, _connection):
                content = content.replace(told(old).encode(), told(new).encode())
        place = target_path(Settings(home=home, engine=engine))
        place.mkdir(parents=True)
        (place / PARSED).write_bytes(content)
        return home

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgresCredentials, "_connection_keys", lambda _: ("database", "schema"))
        yield make


def _connection(name: str) -> str:
    """What dbt (1.11) keeps of the connection that it parsed for: another one has it parse anew."""
    told = pprint.pformat([("database", name), ("schema", "facet")])
    return sha256(told.encode()).hexdigest()


@pytest.fixture(scope="session")
def run_anew(
    new_home: Callable[[str, Engine], Path],
) -> Callable[[str, Engine], tuple[Settings, RunReport]]:
    """Runs the pipeline on a database with an engine, in a home of its own."""

    def run_in_new_home(url: str, engine: Engine) -> tuple[Settings, RunReport]:
        settings = Settings(
            home=new_home(url, engine), engine=engine, operational_url=url, as_of=NOW
        )
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
