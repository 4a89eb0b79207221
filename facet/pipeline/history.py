"""The record of runs: one line of JSON each in ``runs.jsonl``, failed ones too."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from facet.config import Settings

Outcome = Literal["published", "failed"]


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """One run: when, how long each step took, and what came of it."""

    started_at: datetime
    finished_at: datetime
    engine: str
    full: bool
    outcome: Outcome
    #: Seconds of each step that was begun, in order.
    steps: Mapping[str, float]
    release_id: str | None = None
    #: Names of tenants that were not published, because tests failed.
    held_back: tuple[str, ...] = ()
    failed_tests: tuple[str, ...] = ()
    error: str | None = None

    @property
    def seconds(self) -> float:
        """How long the whole run took."""
        return (self.finished_at - self.started_at).total_seconds()


def record(settings: Settings, report: RunReport) -> None:
    """Append a run. On a full disk it goes unrecorded, rather than hiding why the run failed."""
    with suppress(OSError), _path(settings).open("a", encoding="utf-8") as file:
        line = json.dumps(asdict(report), default=datetime.isoformat, ensure_ascii=False)
        file.write(f"{line}\n")


def last_runs(settings: Settings, count: int = 10) -> tuple[RunReport, ...]:
    """The last runs, the newest first. Lines that were cut off are left out."""
    try:
        lines = _path(settings).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    runs = []
    for line in reversed(lines):
        with suppress(ValueError, KeyError, TypeError):
            runs.append(_parse(line))
        if len(runs) == count:
            break
    return tuple(runs)


def _path(settings: Settings) -> Path:
    return settings.home / "runs.jsonl"


def _parse(line: str) -> RunReport:
    content = json.loads(line)
    return RunReport(
        **{
            **content,
            "started_at": datetime.fromisoformat(content["started_at"]),
            "finished_at": datetime.fromisoformat(content["finished_at"]),
            "held_back": tuple(content["held_back"]),
            "failed_tests": tuple(content["failed_tests"]),
        }
    )
