"""One run: lock, sync, measure, build, publish, record."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.errors import ReleaseError
from facet.lock import run_lock
from facet.pipeline.dbt import BuildResult, build
from facet.pipeline.erasure import finish_erasures
from facet.pipeline.history import RunReport, record
from facet.release import Release, Snapshot, current, publish, publish_again
from facet.release.disk import disk_errors
from facet.upkeep.upgrade import upgrade

if TYPE_CHECKING:
    from facet.pipeline.changes import Pending


def run(
    settings: Settings,
    *,
    full: bool = False,
    progress: Callable[[str], None] | None = None,
    on_build: Callable[[BuildResult], None] | None = None,
) -> RunReport:
    """Bring what is served up to date with the operational database.

    On DuckDB the operational tables are copied first; on PostgreSQL dbt builds beside them. A run
    that fails changes nothing that is served; it is recorded like any other.

    Args:
        settings: where everything is.
        full: copy every operational table anew, rather than what has changed.
        progress: is told each step in a few words.
        on_build: is given what dbt built, before it is published; nothing where nothing changed.

    Returns:
        The report of a run that published.

    Raises:
        BusyError: another run holds the lock; this one is not recorded.
        OperationalError: the operational database cannot be read.
        BuildError: a model failed, or no tenant passed its tests.
        ReleaseError: the release could not be written.
    """
    with run_lock(settings):
        finish_erasures(settings, progress=progress)
        steps = _Steps(settings, progress or (lambda _: None), on_build or (lambda _: None))
        started_at = datetime.now(UTC)
        try:
            with suppress(OSError):  # a full disk is told by who needs it; the next run upgrades
                upgrade(settings)
            release = _run(settings, full=full, started_at=started_at, steps=steps)
        except BaseException as error:
            record(settings, _report(settings, started_at, full, steps, error=error))
            raise
        finally:
            _trim_audit_trail(settings)
        report = _report(settings, started_at, full, steps, release=release)
        record(settings, report)
        return report


def _trim_audit_trail(settings: Settings) -> None:
    """Remove what it is no longer kept for; what cannot be removed now, the next run removes."""
    if settings.audit_days is not None:
        with suppress(OSError):
            AuditTrail.of(settings).trim(datetime.now(UTC) - timedelta(days=settings.audit_days))


class _Steps:
    """Timer of the steps of a run, which reports its progress."""

    def __init__(
        self,
        settings: Settings,
        progress: Callable[[str], None],
        on_build: Callable[[BuildResult], None],
    ) -> None:
        self._settings = settings
        self._progress = progress
        self.on_build = on_build
        self._current = ""
        self.seconds: dict[str, float] = {}
        self.warnings: tuple[str, ...] = ()
        self.built, self.built_because = "", ""

    def report(self, detail: str) -> None:
        """Report what the current step is doing."""
        self._progress(f"{self._current} · {detail}")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step, whatever comes of it; name it in the errors of disk and DuckDB."""
        self._current = name
        self._progress(name)
        begun = time.monotonic()
        try:
            with disk_errors(f"The step {name} failed", self._settings.home):
                yield
        finally:
            self.seconds[name] = round(time.monotonic() - begun, 3)


def _run(settings: Settings, *, full: bool, started_at: datetime, steps: _Steps) -> Release:
    from facet.operational import clocks
    from facet.operational.connection import where
    from facet.operational.server import operational_url
    from facet.pipeline.changes import pending, record_release
    from facet.pipeline.measuring import measure
    from facet.pipeline.served_marts import serve
    from facet.rights.document import to_json
    from facet.rights.reading import read_rights
    from facet.sync import sync

    with operational_url(settings) as url:
        snapshot_at = started_at
        if settings.engine == "duckdb":
            with steps.step("sync"):
                copied = sync(settings, url, full=full)
                snapshot_at = copied.snapshot_at
                steps.report(copied.way)
        snapshot = Snapshot(at=settings.as_of or snapshot_at, source=where(url))
        with steps.step("measure"):
            what = pending(settings, url, moment=snapshot.at, full=full)
            only_changes = what.kind != "everything"
            measured = measure(
                settings,
                url,
                snapshot_at=snapshot.at,
                today=snapshot.at.astimezone(UTC).date(),
                once_a_day=only_changes,
            )
            compared = clocks.compare(url, schema=settings.operational_schema, moment=snapshot.at)
            steps.warnings = compared.lines
            rights = to_json(read_rights(settings, url))
        release = None
        if what.kind == "nothing" and measured is None and what.release_id:
            steps.built = "nothing"
            with steps.step("publish"):
                release = _published_again(settings, what.release_id, snapshot, started_at, rights)
        if release is None:
            with steps.step("build"):
                built = _built(settings, url, what, snapshot.at, steps, measured is not None)
            steps.built = "everything" if built.of_everything else "changes"
            if built.of_everything:
                steps.built_because = what.because or "a model failed on what has changed"
            with steps.step("publish"):
                release = publish(
                    settings,
                    url=url,
                    marts=built.marts,
                    audit=built.audit,
                    snapshot=snapshot,
                    semantic_manifest=built.semantic_manifest,
                    dbt_version=built.dbt_version,
                    started_at=started_at,
                    rights=rights,
                    progress=steps.report,
                )
                if settings.engine == "postgres":
                    steps.report("readers in PostgreSQL")
                    serve(settings, url, built.marts, release)
        record_release(settings, url, release.id)
        return release


def _published_again(
    settings: Settings,
    release_id: str,
    snapshot: Snapshot,
    started_at: datetime,
    rights: str,
) -> Release | None:
    """What is served, as of now; None where that is not the release of what was built last."""
    try:
        served = current(settings.releases_dir)
    except ReleaseError:
        return None
    if served.id != release_id:
        return None
    return publish_again(settings, served, snapshot=snapshot, started_at=started_at, rights=rights)


def _built(
    settings: Settings,
    url: str,
    what: "Pending",
    moment: datetime,
    steps: _Steps,
    measured: bool,
) -> BuildResult:
    from facet.pipeline.changes import finish
    from facet.pipeline.days import record_nodes
    from facet.pipeline.measuring import keep_costs

    built = build(
        settings,
        url,
        only_changes=what.kind != "everything",
        measured=measured,
        progress=steps.report,
    )
    models = [node for node in built.nodes if node.resource_type == "model"]
    keep_costs(settings, url, {node.name: node.seconds for node in models})
    today = moment.astimezone(UTC).date()
    record_nodes(settings, url, built.nodes, built.audit, today=today)
    finish(settings, url, what, moment=moment, audit=built.audit)
    steps.on_build(built)
    return built


def _report(
    settings: Settings,
    started_at: datetime,
    full: bool,
    steps: _Steps,
    *,
    release: Release | None = None,
    error: BaseException | None = None,
) -> RunReport:
    tenants = release.tenants if release else ()
    return RunReport(
        started_at=started_at,
        finished_at=datetime.now(UTC),
        engine=settings.engine,
        full=full,
        built=steps.built,
        built_because=steps.built_because,
        outcome="published" if release else "failed",
        steps=steps.seconds,
        release_id=release.id if release else None,
        held_back=tuple(tenant.tenant_name for tenant in tenants if tenant.status != "fresh"),
        failed_tests=tuple(test.name for test in release.audit.failed) if release else (),
        warnings=steps.warnings,
        error=None if error is None else (str(error) or type(error).__name__),
    )
