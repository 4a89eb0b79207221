"""A home with a release of two tenants, and health served of it on a free port."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from facet.config import Settings
from facet.health.server import serving_health
from tests.facet.release.conftest import build_marts, publish_marts, semantic_manifest, settings

__all__ = ["build_marts", "publish_marts", "semantic_manifest", "settings"]


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    with serving_health(replace(settings, health_address=("127.0.0.1", 0))) as url:
        yield url


@pytest.fixture
def patient(settings: Settings) -> Iterator[str]:
    """The address of a server that takes no data for old."""
    forever = timedelta(days=99_999)
    given = replace(settings, health_address=("127.0.0.1", 0), health_max_age=forever)
    with serving_health(given) as url:
        yield url
