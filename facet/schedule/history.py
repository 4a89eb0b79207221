"""The record of jobs: a line of JSON for each time that one was due, in ``schedule.jsonl``."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from facet.config import Settings
from facet.json_lines import JsonLines
from facet.release.disk import write_durably
from facet.release.manifest import known_fields

#: `skipped`: it was due while it was still running. `stopped`: the schedule was.
Outcome = Literal["succeeded", "failed", "timed_out", "skipped", "stopped"]

FILE_NAME = "schedule.jsonl"


@dataclass(frozen=True, kw_only=True)
class JobReport:
    """One time that a job was due, and what came of it.

    `key` tells the time from others of the job; it is empty where it ran after another job.
    `output` is the end of what it printed, where it did not succeed.
    """

    job: str
    key: str
    due_at: datetime
    started_at: datetime
    finished_at: datetime
    outcome: Outcome
    attempts: int = 0
    exit_code: int | None = None
    output: str = ""

    @property
    def seconds(self) -> float:
        """How long all its attempts took, with the waits between them."""
        return (self.finished_at - self.started_at).total_seconds()


def record(settings: Settings, report: JobReport, *, keep: int) -> None:
    """Append a report; from time to time, leave only the last of each job on record."""
    file = JsonLines(settings.home / FILE_NAME)
    file.append(asdict(report))
    lines = file.lines()
    counts = Counter(one.job for one in map(_parse, lines) if one is not None)
    if max(counts.values(), default=0) > 2 * keep:
        kept: list[str] = []
        left = Counter(dict.fromkeys(counts, keep))
        for line in reversed(lines):
            one = _parse(line)
            if one is not None and left[one.job]:
                left[one.job] -= 1
                kept.append(line)
        with suppress(OSError):
            write_durably(file.path, "\n".join(reversed(kept)) + "\n")


def reports(settings: Settings) -> tuple[JobReport, ...]:
    """What is on record, the oldest first. Lines that cannot be read are left out."""
    lines = JsonLines(settings.home / FILE_NAME).lines()
    return tuple(one for one in map(_parse, lines) if one is not None)


def _parse(line: str) -> JobReport | None:
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        content = known_fields(JobReport, json.loads(line))
        moments = {
            name: datetime.fromisoformat(content[name])
            for name in ("due_at", "started_at", "finished_at")
        }
        return JobReport(**content | moments)
    return None
