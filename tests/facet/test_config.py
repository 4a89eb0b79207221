"""Settings: what stands in the environment, what does not, and what cannot be."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.lock import run_lock


def test_what_is_set_to_nothing_is_as_good_as_unset() -> None:
    names = ("HOME", "ENGINE", "OPERATIONAL_URL", "OPERATIONAL_SCHEMA", "MEMORY_LIMIT", "PORT")
    nothing = {f"FACET_{name}": "" for name in names}
    assert Settings.from_environment(nothing) == Settings.from_environment({})


@pytest.mark.parametrize("size", ["512MB", "1.5GB", "2 GiB"])
def test_a_size_of_memory_is_taken_as_it_is(size: str) -> None:
    assert Settings.from_environment({"FACET_MEMORY_LIMIT": size}).memory_limit == size


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("8502", ("127.0.0.1", 8502)),
        ("0.0.0.0:8502", ("0.0.0.0", 8502)),
        ("[::1]:8502", ("::1", 8502)),
        ("", None),
    ],
)
def test_health_is_served_nowhere_but_where_it_is_named(
    text: str, address: tuple[str, int] | None
) -> None:
    assert Settings.from_environment({"FACET_HEALTH_ADDRESS": text}).health_address == address


def test_a_moment_has_its_offset() -> None:
    settings = Settings.from_environment({"FACET_AS_OF": "2026-11-22T12:00-05:00"})
    assert settings.as_of == datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FACET_ENGINE", "oracle"),
        ("FACET_PORT", "abc"),
        ("FACET_RELEASES_KEPT", "0"),
        ("FACET_THREADS", "-1"),
        ("FACET_MEMORY_LIMIT", "lots"),
        ("FACET_MEMORY_LIMIT", "2"),
        ("FACET_READER_ROLE", "facet.reader"),
        ("FACET_READER_ROLE", "pg_readers"),
        ("FACET_HEALTH_ADDRESS", "somewhere"),
        ("FACET_HEALTH_ADDRESS", "10.0.0.5:0"),
        ("FACET_HEALTH_ADDRESS", ":8502"),
        ("FACET_AS_OF", "yesterday"),
        ("FACET_AS_OF", "2026-11-22T12:00"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name}='{value}'"):
        Settings.from_environment({name: value})


def test_a_home_that_cannot_be_created_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with (
        pytest.raises(ConfigurationError, match=r"file/home.*Set FACET_HOME to a folder"),
        run_lock(Settings(home=file / "home")),
    ):
        pass
