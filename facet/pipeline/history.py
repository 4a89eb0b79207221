"""The record of runs: one line of JSON each in ``runs.jsonl``, failed ones too."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice, takewhile
from typing import Literal

from facet.config import Settings
from facet.json_lines import JsonLines
from facet.release.disk import write_durably
from facet.release.manifest import known_fields

Outcome = Literal["published", "failed"]


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """One run: when, how long each step took, and what came of it.

    What has a default here may be missing in a line that another version of Facet wrote.
    """

    started_at: datetime
    finished_at: datetime
    engine: str = ""
    full: bool = False
    #: What was built: everything, changes, or nothing; and why everything.
    built: str = ""
    built_because: str = ""
    outcome: Outcome
    #: Seconds of each step that was begun, in order.
    steps: Mapping[str, float] = field(default_factory=dict)
    release_id: str | None = None
    #: Names of tenants that were not published, because tests failed.
    held_back: tuple[str, ...] = ()
    failed_tests: tuple[str, ...] = ()
    #: What somebody should know of though it held nobody back: zones that a database reads wrongly.
    warnings: tuple[str, ...] = ()
    error: str | None = None
    #: How many runs there have been by then, by outcome: older ones may not be on record any more.
    totals: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def seconds(self) -> float:
        """How long the whole run took."""
        return (self.finished_at - self.started_at).total_seconds()


def record(settings: Settings, report: RunReport) -> None:
    """Append a run, on a line of its own even where the last one was cut off.

    On a full disk it goes unrecorded, rather than hiding why the run failed.
    """
    totals = runs_by_outcome(settings) + Counter([report.outcome])
    _file(settings).append(asdict(replace(report, totals=dict(totals))))
    _trim(settings)


def last_runs(settings: Settings, count: int = 10) -> tuple[RunReport, ...]:
    """The last runs, the newest first. Lines that cannot be read are left out."""
    return tuple(islice(_newest_first(settings), count))


def failed_runs(settings: Settings) -> tuple[RunReport, ...]:
    """The runs that have failed since one was published, the newest first."""
    return tuple(takewhile(lambda run: run.outcome != "published", _newest_first(settings)))


def runs_by_outcome(settings: Settings) -> Counter[str]:
    """How many runs there have been, by outcome, since the first."""
    counts: Counter[str] = Counter()
    for run in _newest_first(settings):
        if run.totals:
            return counts + Counter(run.totals)
        counts[run.outcome] += 1
    return counts


def unreadable_lines(settings: Settings) -> int:
    """How many lines were cut off, or written by a version whose runs this one does not know."""
    return sum(_parse(line) is None for line in _file(settings).lines())


def _newest_first(settings: Settings) -> Iterator[RunReport]:
    return filter(None, map(_parse, reversed(_file(settings).lines())))


def _trim(settings: Settings) -> None:
    """Leave the last runs alone on record."""
    lines = _file(settings).lines()
    if len(lines) > settings.runs_kept:
        with suppress(OSError):
            write_durably(_file(settings).path, "\n".join(lines[-settings.runs_kept :]) + "\n")


def _file(settings: Settings) -> JsonLines:
    return JsonLines(settings.home / "runs.jsonl")


def _parse(line: str) -> RunReport | None:
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        content = known_fields(RunReport, json.loads(line))
        return RunReport(
            **content
            | {
                "started_at": datetime.fromisoformat(content["started_at"]),
                "finished_at": datetime.fromisoformat(content["finished_at"]),
                "held_back": tuple(content.get("held_back", ())),
                "failed_tests": tuple(content.get("failed_tests", ())),
                "warnings": tuple(content.get("warnings", ())),
            }
        )
    return None
