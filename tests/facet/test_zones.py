from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from facet import zones
from facet.config import PROJECT_DIR


def test_python_reads_the_package_and_not_the_system() -> None:
    """British Columbia keeps summer time since 2026; tzdata of before does not know."""
    moment = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    local = moment.astimezone(ZoneInfo("America/Vancouver"))
    assert local.replace(tzinfo=None) == datetime(2026, 11, 20, 0, 30)


def test_the_seed_has_the_names_that_the_package_has() -> None:
    packaged = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    expected = sorted(name for name in packaged if "/" in name or name == "UTC")
    header, *seeded = (PROJECT_DIR / "seeds" / "time_zones.csv").read_text("utf-8").split()
    assert header == "timezone"
    assert seeded == expected, "Write seeds/time_zones.csv anew: facet/zones.py has the names."
    assert list(zones.names()) == expected


@pytest.mark.parametrize(
    "name", ["ICT", "CET", "IST", "EST5EDT", "asia/ho_chi_minh", "posix/Asia/Tokyo", "+07", ""]
)
def test_other_names_are_none(name: str) -> None:
    assert name not in zones.names()
