"""Status of a home: what is served, how the last runs went, and what needs attention."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from facet.config import Settings
from facet.errors import FacetError, ReleaseError
from facet.pipeline.history import RunReport, last_runs, unreadable_lines
from facet.release.manifest import Release, TenantFile
from facet.release.store import current, unreadable_releases


class AttentionError(FacetError):
    """Something is served, or nothing is, that somebody should look after."""

    exit_code = 10


@dataclass(frozen=True, kw_only=True)
class Status:
    """The state of a home.

    ``release`` is None where nothing is served or it cannot be read. ``notes`` are what else there
    is to know; ``attention`` is what somebody should look after, most urgent first.
    """

    release: Release | None
    runs: tuple[RunReport, ...]
    notes: tuple[str, ...]
    attention: tuple[str, ...]


def status_of(
    settings: Settings, *, max_age: timedelta | None = None, now: datetime | None = None
) -> Status:
    """Look at a home. Data older than ``max_age`` ask for attention, where that is given."""
    release, attention = None, []
    try:
        release = current(settings.releases_dir)
    except ReleaseError as error:
        attention.append(str(error))
    runs = last_runs(settings)
    if runs and runs[0].outcome != "published":
        attention.append(f"The last run failed: {_first_line(runs[0].error)}")
    if release is not None:
        attention += [_held_back(tenant) for tenant in release.tenants if tenant.status != "fresh"]
        age = (now or datetime.now(UTC)) - release.snapshot.at
        if max_age is not None and age > max_age:
            attention.append(f"Data are {age // timedelta(minutes=1):,} minutes old.")
    notes = [f"{error.what}: {error.why}" for error in unreadable_releases(settings)]
    if cut := unreadable_lines(settings):
        notes.append(f"{cut} lines of runs.jsonl cannot be read: cut off, or of another version.")
    return Status(release=release, runs=runs, notes=tuple(notes), attention=tuple(attention))


def as_json(status: Status) -> dict[str, Any]:
    """The same for programs."""
    release = status.release
    return {
        "release": None
        if release is None
        else {
            "id": release.id,
            "data_as_of": release.snapshot.at.isoformat(),
            "published_at": release.created_at.isoformat(),
            "engine": release.engine,
            "source": release.snapshot.source,
            "tenants": [
                {
                    "tenant_id": tenant.tenant_id,
                    "tenant_name": tenant.tenant_name,
                    "status": tenant.status,
                    "data_as_of": tenant.snapshot_at and tenant.snapshot_at.isoformat(),
                    "reasons": list(tenant.reasons),
                    "rows": sum(tenant.rows.values()),
                    "size_bytes": tenant.size_bytes,
                }
                for tenant in release.tenants
            ],
        },
        "runs": [
            {
                "started_at": run.started_at.isoformat(),
                "seconds": run.seconds,
                "engine": run.engine,
                "outcome": run.outcome,
                "release_id": run.release_id,
                "held_back": list(run.held_back),
                "failed_tests": list(run.failed_tests),
                "steps": dict(run.steps),
                "error": run.error,
            }
            for run in status.runs
        ],
        "notes": list(status.notes),
        "attention": list(status.attention),
    }


def in_lines(status: Status, *, width: int) -> Iterator[str]:
    """The same for people, no wider than a terminal or a mail."""
    if (release := status.release) is not None:
        counts = (
            f"{sum(tenant.status == state for tenant in release.tenants)} {state}"
            for state in ("fresh", "kept", "missing")
        )
        yield f"Served  {release.id}, data as of {_minute(release.snapshot.at)} UTC"
        yield f"        {release.engine}; tenants: {', '.join(counts)}"
    for text in (*status.attention, *status.notes):
        mark = "!" if text in status.attention else "·"
        yield from _wrapped(text, first=f"{mark} ", then="  ", width=width)
    if status.runs:
        yield "Runs, the newest first"
    for run in status.runs:
        yield f"  {_minute(run.started_at)}  {run.outcome:<9} {run.seconds:>6,.0f} s  " + (
            run.release_id or ""
        )
        if run.error:
            yield _cut(f"      {_first_line(run.error)}", width)
        elif run.held_back:
            yield _cut(f"      kept as they were: {', '.join(run.held_back)}", width)


def _held_back(tenant: TenantFile) -> str:
    name = f"{tenant.tenant_name or 'A tenant'} ({tenant.tenant_id})"
    why = ", ".join(tenant.reasons) or "its tests failed"
    if tenant.status == "missing" or tenant.snapshot_at is None:
        return f"{name} has no numbers: {why}."
    return f"{name} is kept as of {_minute(tenant.snapshot_at)} UTC: {why}."


def _first_line(error: str | None) -> str:
    return (error or "it does not say why").strip().splitlines()[0]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def _wrapped(text: str, *, first: str, then: str, width: int) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        width=width,
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
    )
