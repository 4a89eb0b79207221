"""The schedule as a process: it is alone, and signals stop it without losing a job."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import BusyError
from facet.schedule.history import JobReport, record
from facet.schedule.serving import serve
from tests.facet.schedule.conftest import TOY, Toy, wait_until


@pytest.fixture
def serving(
    toy: Toy, tmp_path: Path
) -> Callable[[], AbstractContextManager[subprocess.Popen[str]]]:
    """Starts a schedule with a job that is due at once, by whoever ignores interrupts."""
    toy.settings.create_home()
    missed = datetime.now(UTC) - timedelta(minutes=3)
    report = JobReport(
        job="one",
        key="before",
        due_at=missed,
        started_at=missed,
        finished_at=missed,
        outcome="succeeded",
    )
    record(toy.settings, report, keep=9)

    @contextmanager
    def start() -> Iterator[subprocess.Popen[str]]:
        script = (
            "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "from pathlib import Path; from functools import partial\n"
            "from facet.config import Settings; from facet.schedule.serving import serve\n"
            f"serve(Settings(home=Path({str(toy.settings.home)!r})), program={TOY!r},"
            " log=partial(print, flush=True))\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                wait_until(lambda: (tmp_path / "file").exists() or process.poll() is not None)
                yield process
            finally:
                process.kill()

    return start


def last(settings: Settings) -> dict[str, object]:
    line = (settings.home / "schedule.jsonl").read_text().splitlines()[-1]
    report: dict[str, object] = json.loads(line)
    return report


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_job_may_end_when_the_schedule_is_stopped_also_where_interrupts_are_ignored(
    toy: Toy,
    serving: Callable[[], AbstractContextManager[subprocess.Popen[str]]],
    tmp_path: Path,
    number: int,
) -> None:
    toy.write({"one": {"command": toy.wait("file"), "cron": "* * * * *"}})
    with serving() as process:
        with pytest.raises(BusyError, match="runs already"):
            serve(toy.settings, log=toy.log.append)
        process.send_signal(number)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("The schedule stops when"):
                break
        assert last(toy.settings)["key"] == "before"
        (tmp_path / "file").unlink()
        assert process.wait(60) == 0
    assert (last(toy.settings)["outcome"], last(toy.settings)["exit_code"]) == ("succeeded", 0)


@pytest.mark.parametrize(("stop_seconds", "signals"), [(0, 1), (600, 2)])
def test_a_job_is_asked_to_end_when_the_time_for_it_is_over_or_a_second_signal_comes(
    toy: Toy,
    serving: Callable[[], AbstractContextManager[subprocess.Popen[str]]],
    stop_seconds: int,
    signals: int,
) -> None:
    job = {"command": toy.wait("file"), "cron": "* * * * *"}
    toy.write({"one": job}, stop_seconds=stop_seconds)
    with serving() as process:
        assert process.stdout is not None
        process.send_signal(signal.SIGTERM)
        for line in process.stdout:
            if line.startswith("The schedule stops"):
                break
        if signals == 2:
            process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert (last(toy.settings)["outcome"], last(toy.settings)["exit_code"]) == ("stopped", -15)
