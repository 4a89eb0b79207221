"""What is said of a home: in lines that fit a mail, for programs, and by an exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path

import pytest

from facet.config import Settings
from facet.pipeline.history import (
    RunReport,
    last_runs,
    record,
    runs_by_outcome,
    unreadable_lines,
)
from facet.pipeline.run import run
from facet.pipeline.status import as_json, in_lines, status_of
from facet.release import current

Shop = Callable[[str], None]
BAD_EVEN = "update public.orders set total = -1 where id = 2"
BEGUN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FAILED = RunReport(
    started_at=BEGUN,
    finished_at=BEGUN + timedelta(seconds=61.5),
    engine="duckdb",
    full=True,
    outcome="failed",
    steps={"sync": 1.5},
    error="database shop: It is not as declared:\n  orders: the table is missing\nMend it.",
)


@pytest.fixture
def runs(settings: Settings) -> Path:
    settings.home.mkdir(exist_ok=True)
    return settings.home / "runs.jsonl"


def test_a_run_after_a_line_that_was_cut_off_stands_on_its_own(
    settings: Settings, runs: Path
) -> None:
    record(settings, FAILED)
    with runs.open("a") as file:
        file.write('{"started_at": "2026')
    again = replace(FAILED, error="Đĩa đầy")
    record(settings, again)

    assert last_runs(settings) == (again, FAILED)
    assert unreadable_lines(settings) == 1
    assert "1 lines of runs.jsonl cannot be read" in "\n".join(status_of(settings).notes)


def test_so_many_runs_are_on_record_and_all_are_counted(settings: Settings, runs: Path) -> None:
    for number in range(5):
        record(replace(settings, runs_kept=3), replace(FAILED, error=str(number)))
    assert [one.error for one in last_runs(settings)] == ["4", "3", "2"]
    assert len(runs.read_text().splitlines()) == 3
    assert runs_by_outcome(settings) == {"failed": 5}


def test_runs_of_another_version_are_read_as_far_as_they_are_known(
    settings: Settings, runs: Path
) -> None:
    newer = {"mood": "bright", "started_at": BEGUN.isoformat(), "outcome": "published"}
    newer |= {"finished_at": BEGUN.isoformat(), "release_id": "r1"}
    runs.write_text(json.dumps(newer) + "\n" + json.dumps({"outcome": "published"}) + "\n[]\n")
    (read,) = last_runs(settings)
    assert (read.release_id, read.engine, read.held_back, dict(read.steps)) == ("r1", "", (), {})
    assert unreadable_lines(settings) == 2


def test_a_healthy_home_asks_for_nothing(settings: Settings, synced_shop: Shop) -> None:
    report = run(settings)
    now = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)  # an hour after the snapshot
    status = status_of(settings, max_age=timedelta(hours=1), now=now)
    assert (status.attention, status.notes) == ((), ())
    lines = list(in_lines(status, width=80))
    assert lines[0] == f"Served  {report.release_id}, data as of 2026-01-02 00:00 UTC"
    assert lines[1] == "        duckdb; tenants: 2 fresh, 0 kept, 0 missing"
    assert lines[-1].endswith(f"s  {report.release_id}")

    older = status_of(settings, max_age=timedelta(minutes=59), now=now)
    assert older.attention == ("Data are 60 minutes old.",)


def test_what_somebody_should_look_after_is_told_and_fits_eighty_columns(
    settings: Settings, synced_shop: Shop
) -> None:
    run(settings)
    synced_shop(BAD_EVEN)
    report = run(settings)
    record(settings, FAILED)

    status = status_of(settings)
    (test,) = report.failed_tests
    assert status.attention == (
        "The last run failed: database shop: It is not as declared:",
        f"Even (2) is kept as of 2026-01-02 00:00 UTC: {test}.",
    )
    lines = list(in_lines(status, width=80))
    assert max(map(len, lines)) <= 80
    assert "  2026-01-02 03:04  failed        62 s  " in lines
    assert "      kept as they were: Even" in lines

    written = json.loads(json.dumps(as_json(status)))
    assert [tenant["status"] for tenant in written["release"]["tenants"]] == ["fresh", "kept"]
    assert written["release"]["data_as_of"] == "2026-01-02T00:00:00+00:00"
    assert [one["outcome"] for one in written["runs"]] == ["failed", "published", "published"]
    assert written["runs"][0]["error"] == FAILED.error
    assert written["attention"] == list(status.attention)


def test_a_release_that_cannot_be_read_is_told_beside_the_runs(
    settings: Settings, synced_shop: Shop
) -> None:
    run(settings)
    path = current(settings.releases_dir).directory / "release.json"
    path.write_text("{}")
    status = status_of(settings)
    assert status.release is None
    assert "cannot be read" in status.attention[0]
    assert [one.outcome for one in status.runs] == ["published"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 0), (["--json"], 0), (["--check"], 10), (["--json", "--check"], 10)],
)
def test_the_command_exits_with_ten_only_when_it_is_asked(
    settings: Settings, runs: Path, arguments: list[str], code: int
) -> None:
    record(settings, FAILED)
    done = subprocess.run(
        [Path(sys.executable).with_name("facet"), "status", *arguments],
        env=environ | {"FACET_HOME": str(settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    if "--json" in arguments:
        assert json.loads(done.stdout)["runs"][0]["seconds"] == 61.5
    else:
        assert "Nothing has been published yet" in done.stdout
    assert done.stderr.startswith("Facet needs attention" if code else "")
