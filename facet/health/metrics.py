"""The same for Prometheus: read from the files of a home whenever somebody asks."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, get_args

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from facet.config import Settings
from facet.health.state import Health, health_of
from facet.pipeline.history import Outcome, RunReport, runs_by_outcome
from facet.release.manifest import Release, Status
from facet.release.store import directories_of

_QUARANTINE: Final = "fct_quarantined_rows"


class HomeCollector(Collector):
    """Collects from a home; what is not there is left out, but for ``facet_healthy``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def collect(self) -> Iterable[Metric]:
        """Every metric, as of now."""
        health = health_of(self._settings)
        yield _gauge("healthy", "1 where /healthz answers 200.", not health.problems)
        if "home_unreadable" in health.problems:
            return
        yield from _runs(self._settings)
        if health.run is not None:
            yield from _last_run(health.run)
        if health.release is not None:
            yield from _release(health, health.release)
        kept = len(directories_of(self._settings.releases_dir))
        yield _gauge("releases", "Releases that are kept.", kept)
        disk = GaugeMetricFamily(
            "facet_disk_used_bytes", "Disk that a part of FACET_HOME takes.", labels=["part"]
        )
        for part, size in _disk_used(self._settings.home):
            disk.add_metric([part], size)
        yield disk


def _runs(settings: Settings) -> Iterator[Metric]:
    counts = runs_by_outcome(settings)
    runs = CounterMetricFamily("facet_runs", "Runs since the first.", labels=["outcome"])
    for outcome in get_args(Outcome):
        runs.add_metric([outcome], counts.get(outcome, 0))
    yield runs


def _last_run(run: RunReport) -> Iterator[Metric]:
    ended = run.finished_at.timestamp()
    yield _gauge("last_run_timestamp_seconds", "When it ended, since 1970.", ended)
    yield _gauge("last_run_published", "1 where it published.", run.outcome == "published")
    steps = GaugeMetricFamily(
        "facet_last_run_step_seconds", "How long each step of it took.", labels=["step"]
    )
    for step, seconds in run.steps.items():
        steps.add_metric([step], seconds)
    yield steps


def _release(health: Health, release: Release) -> Iterator[Metric]:
    """What is served; sums over all tenants, never those of one."""
    files = [tenant for tenant in release.tenants if tenant.status != "missing"]
    yield InfoMetricFamily(
        "facet_release",
        "The release that is served.",
        value={
            "id": release.id,
            "engine": release.engine,
            "facet_version": release.facet_version,
        },
    )
    if health.age is not None:
        yield _gauge("release_age_seconds", "Age of its data.", health.age.total_seconds())
    yield _gauge("release_files", "Its tenants' files.", len(files))
    yield _gauge("release_bytes", "Their size.", sum(tenant.size_bytes for tenant in files))
    rows = sum(sum(tenant.rows.values()) for tenant in files)
    yield _gauge("release_rows", "Rows of all marts in them.", rows)
    quarantined = sum(tenant.rows.get(_QUARANTINE, 0) for tenant in files)
    yield _gauge("release_quarantined_rows", "Rows in quarantine.", quarantined)
    yield _gauge("release_failed_tests", "Tests that failed.", len(release.audit.failed))
    yield _gauge("release_held_back_tenants", "Tenants held back.", len(health.held_back))
    tenants = GaugeMetricFamily("facet_release_tenants", "Tenants by status.", labels=["status"])
    for status in get_args(Status):
        count = sum(tenant.status == status for tenant in release.tenants)
        tenants.add_metric([status], count)
    yield tenants


def _disk_used(home: Path) -> Iterator[tuple[str, int]]:
    """Bytes by what stands in a home; a file that several releases share counts once."""
    seen: set[tuple[int, int]] = set()
    files = 0
    for part in sorted(home.iterdir()):
        if part.is_dir():
            inside = (path for path in part.rglob("*") if not path.is_symlink())
            yield part.name, sum(_size(path, seen) for path in inside)
        else:
            files += _size(part, seen)
    yield "files", files


def _size(path: Path, seen: set[tuple[int, int]]) -> int:
    with suppress(OSError):  # gone meanwhile
        status = path.stat()
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            return status.st_blocks * 512
    return 0


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"facet_{name}", help_text, value=value)
