"""A schedule whose jobs are a toy: real processes, at moments that the test names."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from facet.config import Settings
from facet.schedule.history import JobReport, reports
from facet.schedule.scheduler import Scheduler
from facet.schedule.settings import schedule_settings

#: Ends with the codes of its first argument in turn; or waits for a file; or does not want to end.
_TOY: Final = """
import signal, sys, time
from pathlib import Path
command, *arguments = sys.argv[1:]
if command == "end":
    codes, count = arguments[0].split(","), Path(arguments[1])
    turn = len(count.read_text()) if count.exists() else 0
    count.write_text("x" * (turn + 1))
    print(f"turn {turn}")
    code = int(codes[min(turn, len(codes) - 1)])
    if code < 0:
        signal.raise_signal(-code)
    sys.exit(code)
if command == "stay":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path(arguments[0]).write_text("begun")
until = time.monotonic() + 60
while Path(arguments[0]).exists() and time.monotonic() < until:
    time.sleep(0.01)
"""
TOY: Final = (sys.executable, "-I", "-S", "-c", _TOY)
DEFAULTS: Final = ("run", "rights", "alerts", "reports", "schema", "audit")
NOON: Final = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@dataclass
class Toy:
    """A schedule of toy jobs and what it logs."""

    settings: Settings
    folder: Path
    log: list[str] = field(default_factory=list)

    def write(self, jobs: dict[str, dict[str, Any]], **other: Any) -> None:
        """Have these jobs, and no others."""
        off = {name: {"enabled": False} for name in DEFAULTS}
        self.settings.create_home()
        content = {"jobs": off | jobs, **other}
        (self.settings.home / "schedule.yml").write_text(yaml.safe_dump(content))

    def end(self, codes: str) -> list[str]:
        """A command that ends with these codes, one after the other."""
        return ["end", codes, str(self.folder / f"count-{codes}")]

    def wait(self, name: str, *, stubborn: bool = False) -> list[str]:
        """A command that runs until its file is removed."""
        return ["stay" if stubborn else "wait", str(self.folder / name)]

    def scheduler(self, started_at: datetime = NOON) -> Scheduler:
        """The schedule, started at a moment."""
        return Scheduler(
            self.settings,
            schedule_settings(self.settings),
            started_at=started_at,
            program=TOY,
            log=self.log.append,
        )

    def reports(self) -> list[JobReport]:
        """What is on record."""
        return list(reports(self.settings))

    def outcomes(self) -> list[tuple[str, str, int, int | None]]:
        """Job, outcome, attempts and exit code of what is on record."""
        return [(one.job, one.outcome, one.attempts, one.exit_code) for one in self.reports()]


@pytest.fixture
def toy(settings: Settings, tmp_path: Path) -> Toy:
    return Toy(settings, tmp_path)


def settle(scheduler: Scheduler, now: datetime) -> None:
    """Tick at a moment until nothing runs."""
    tick_until(scheduler, now, lambda: scheduler.is_idle)


def tick_until(scheduler: Scheduler, now: datetime, condition: Callable[[], bool]) -> None:
    """Tick at a moment until something is so."""

    def ticked() -> bool:
        scheduler.tick(now)
        return condition()

    wait_until(ticked)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that takes a real process some time."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)
