"""A home with the small release, for whoever asks from outside the pages."""

from pathlib import Path

import pytest

from facet.config import Settings
from tests.facet.reporting.fixtures import semantic_manifest
from tests.facet.reporting.house import publish_house
from tests.facet.reporting.house_people import SECRET

__all__ = ["semantic_manifest"]


@pytest.fixture
def home(tmp_path: Path, semantic_manifest: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a home with the house's release; also those of the environment."""
    settings = Settings(home=tmp_path)
    publish_house(settings, semantic_manifest)
    (settings.home / "secret").write_bytes(SECRET)
    monkeypatch.setenv("FACET_HOME", str(settings.home))
    return settings
