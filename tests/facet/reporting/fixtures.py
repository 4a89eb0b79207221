"""What tests of this package and of the dashboards share: a small release, and people in it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from facet.config import Settings
from facet.pipeline.dbt import _Dbt
from facet.pipeline.profile import environment, environment_set, install_profile, target_path
from facet.release import Release
from facet.reporting.identity.identity import Principal, RequestContext, sign_in_demo
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from facet.rights.document import newest
from tests.facet.reporting.house import publish_house

SignIn = Callable[[int], Principal]

AT_THIS_MACHINE = RequestContext(
    server_address="127.0.0.1",
    host="localhost:8501",
    remote_address="127.0.0.1",
    is_forwarded=False,
)
#: What dbt keeps of a parsed project.
PARSED = "partial_parse.msgpack"
#: The user who signs in for each tenant.
USERS = {1: 11, 2: 21, 3: 31}


@pytest.fixture(scope="session")
def semantic_manifest(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The project's real metrics, as dbt writes them; parsed once for all workers."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "semantic"
    return parsed_once(Settings(home=home), "") / "semantic_manifest.json"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    """The small release; nobody changes it."""
    return publish_house(Settings(home=tmp_path_factory.mktemp("house")), semantic_manifest)


@pytest.fixture
def signed_in(house: Release) -> SignIn:
    """Signs in at a tenant."""
    return lambda tenant_id: sign_in(house, tenant_id)


@pytest.fixture
def reader_of(house: Release) -> Callable[[int], MetricReader]:
    """Reads a tenant's metrics."""
    gateway = Gateway()
    return lambda tenant_id: MetricReader(gateway, sign_in(house, tenant_id), house)


def sign_in(release: Release, tenant_id: int) -> Principal:
    """The tenant's user, signed in at this machine."""
    rights = newest(release.directory, max_age=timedelta(days=1))
    return sign_in_demo(
        release, AT_THIS_MACHINE, rights, tenant_id=tenant_id, user_id=USERS[tenant_id]
    )


def parsed_once(settings: Settings, url: str) -> Path:
    """The folder of what dbt parses for an engine, in a home that all workers share."""
    settings.home.mkdir(exist_ok=True)
    with FileLock(settings.home / "lock"):
        if not (target_path(settings) / PARSED).exists():
            install_profile(settings)
            with environment_set(environment(settings, url)):
                dbt = _Dbt(settings, lambda _: None)
                dbt.parse()
                dbt.close()
    return target_path(settings)
