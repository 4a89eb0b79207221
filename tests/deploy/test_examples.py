"""The examples in `deploy/` are what systemd, cron and a container builder read."""

import configparser
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
import typer
from typer.main import get_command

from facet.cli import PACKAGES
from facet.config import PROJECT_DIR
from facet.schedule.cron import Cron

DEPLOY: Final = PROJECT_DIR / "deploy"
UNITS: Final = sorted((DEPLOY / "systemd").iterdir())
FACET: Final = "/opt/facet/.venv/bin/facet"


@pytest.fixture(scope="module")
def commands() -> set[str]:
    """The commands of `facet`, of two words where they are in a group."""
    app = typer.Typer()
    for package in PACKAGES:
        import_module(f"facet.{package}.commands").register(app)
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        found |= {name} | {f"{name} {one}" for one in getattr(command, "commands", ())}
    return found


def called(text: str) -> list[str]:
    """The commands of `facet` that a file calls."""
    return re.findall(rf"{FACET} ([a-z]+(?: [a-z]+)?)", text)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_calls_commands_that_there_are_as_an_account_of_its_own(
    unit: Path, commands: set[str]
) -> None:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit)
    assert set(called(unit.read_text())) <= commands
    if unit.suffix == ".service":
        assert (read["Service"]["User"], read["Service"]["UMask"]) == ("facet", "0077")
    else:
        assert read["Timer"]["Persistent"] == "yes"


def test_systemd_has_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:  # configparser has read them
        return
    here = str(Path(sys.executable).with_name("facet"))
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace(FACET, here))
    verified = subprocess.run(
        [systemd, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in verified.stderr.splitlines() if str(tmp_path) in line]
    assert (verified.returncode, complaints) == (0, [])


def test_each_line_of_the_crontab_is_a_time_and_a_command(commands: set[str]) -> None:
    lines = [
        line
        for line in (DEPLOY / "crontab").read_text().splitlines()
        if not re.match(r"#|[A-Z]+=", line)
    ]
    for line in lines:
        Cron(" ".join(line.split()[:5]), "UTC")
        assert set(called(line)) <= commands
    assert [called(line) for line in lines] == [
        ["run"],
        ["rights refresh"],
        ["alerts check"],
        ["reports send"],
        ["audit verify"],
    ]


def test_the_container_is_made_of_what_there_is_and_starts_a_command(commands: set[str]) -> None:
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    copied = [name for line in re.findall(r"^COPY (.+)", text, re.M) for name in line.split()[:-1]]
    assert all((PROJECT_DIR / name).exists() for name in copied)
    # what the project is read from: the folders of dbt_project.yml, and what make needs
    paths = re.findall(r"-paths: \[([^\]]+)\]", (PROJECT_DIR / "dbt_project.yml").read_text())
    read = {Path(name) for name in ", ".join(paths).replace('"', "").split(", ")}
    assert [name for name in read if not {*map(str, (name, *name.parents))} & {*copied}] == []
    assert {"facet", "dashboards", "Makefile", "pyproject.toml", "uv.lock"} <= set(copied)
    assert {"dbt_project.yml", "profiles.example.yml"} <= set(copied)
    assert f'ENTRYPOINT ["tini", "--", "{FACET}"]' in text
    assert re.findall(r'^CMD \["(.+)"\]', text, re.M) == ["schedule"]
    assert "schedule" in commands
