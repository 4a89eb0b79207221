"""One run: lock, sync, measure, build, publish, record."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.lock import run_lock
from facet.pipeline.dbt import build
from facet.pipeline.erasure import finish_erasures
from facet.pipeline.history import RunReport, record
from facet.release import Release, Snapshot, publish
from facet.release.disk import disk_errors
from facet.upkeep.upgrade import upgrade


def run(
    settings: Settings,
    *,
    full: bool = False,
    progress: Callable[[str], None] | None = None,
) -> RunReport:
    """Bring what is served up to date with the operational database.

    On DuckDB the operational tables are copied first; on PostgreSQL dbt builds beside them. A run
    that fails changes nothing that is served; it is recorded like any other.

    Args:
        settings: where everything is.
        full: copy every operational table anew, rather than what has changed.
        progress: is told each step in a few words.

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
        steps = _Steps(settings, progress or (lambda _: None))
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

    def __init__(self, settings: Settings, progress: Callable[[str], None]) -> None:
        self._settings = settings
        self._progress = progress
        self._current = ""
        self.seconds: dict[str, float] = {}
        self.warnings: tuple[str, ...] = ()

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
    from facet.pipeline.days import record_nodes
    from facet.pipeline.measuring import keep_costs, measure
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
        snapshot_at = settings.as_of or snapshot_at
        with steps.step("measure"):
            today = snapshot_at.astimezone(UTC).date()
            measure(settings, url, snapshot_at=snapshot_at, today=today)
            compared = clocks.compare(url, schema=settings.operational_schema, moment=snapshot_at)
            steps.warnings = compared.lines
            rights = to_json(read_rights(settings, url))
        with steps.step("build"):
            built = build(settings, url, progress=steps.report)
            models = [node for node in built.nodes if node.resource_type == "model"]
            keep_costs(settings, url, {node.name: node.seconds for node in models})
            record_nodes(settings, url, built.nodes, built.audit, today=today)
        with steps.step("publish"):
            return publish(
                settings,
                url=url,
                marts=built.marts,
                audit=built.audit,
                snapshot=Snapshot(at=snapshot_at, source=where(url)),
                semantic_manifest=built.semantic_manifest,
                dbt_version=built.dbt_version,
                started_at=started_at,
                rights=rights,
                progress=steps.report,
            )


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
        outcome="published" if release else "failed",
        steps=steps.seconds,
        release_id=release.id if release else None,
        held_back=tuple(tenant.tenant_name for tenant in tenants if tenant.status != "fresh"),
        failed_tests=tuple(test.name for test in release.audit.failed) if release else (),
        warnings=steps.warnings,
        error=None if error is None else (str(error) or type(error).__name__),
    )
