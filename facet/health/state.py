"""The state of a home for monitors: the release, its age, the last run, who is held back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from facet.config import Settings
from facet.errors import ReleaseError
from facet.pipeline.history import RunReport, last_runs
from facet.release.manifest import Release, TenantFile
from facet.release.store import current

Problem = Literal["home_unreadable", "nothing_served", "stale"]


@dataclass(frozen=True, kw_only=True)
class Health:
    """The state of a home at a moment. ``release`` and ``run`` are None where there is none."""

    at: datetime
    max_age: timedelta
    problems: tuple[Problem, ...]
    release: Release | None = None
    run: RunReport | None = None

    @property
    def age(self) -> timedelta | None:
        """How old the data are that are served."""
        return self.at - self.release.snapshot.at if self.release else None

    @property
    def held_back(self) -> tuple[TenantFile, ...]:
        """The tenants that do not have this release's numbers."""
        tenants = self.release.tenants if self.release else ()
        return tuple(tenant for tenant in tenants if tenant.status != "fresh")


def health_of(settings: Settings, *, now: datetime | None = None) -> Health:
    """Look at a home; whatever cannot be read is a problem, not an error."""
    now, max_age = now or datetime.now(UTC), settings.health_max_age
    try:
        run = next(iter(last_runs(settings, 1)), None)
        list(settings.home.iterdir())
        release = current(settings.releases_dir)
    except ReleaseError:
        return Health(at=now, max_age=max_age, problems=("nothing_served",), run=run)
    except OSError:
        return Health(at=now, max_age=max_age, problems=("home_unreadable",))
    is_stale = now - release.snapshot.at > max_age
    problems: tuple[Problem, ...] = ("stale",) if is_stale else ()
    return Health(at=now, max_age=max_age, problems=problems, release=release, run=run)


def as_json(health: Health) -> dict[str, Any]:
    """The answer of ``/healthz``. Why a run failed stays in the home: it may quote a row."""
    release, run = health.release, health.run
    return {
        "status": "unhealthy" if health.problems else "ok",
        "problems": list(health.problems),
        "max_age_seconds": health.max_age.total_seconds(),
        "release": None
        if release is None or health.age is None
        else {
            "id": release.id,
            "data_as_of": release.snapshot.at.isoformat(),
            "published_at": release.created_at.isoformat(),
            "age_seconds": health.age.total_seconds(),
        },
        "last_run": None
        if run is None
        else {
            "started_at": run.started_at.isoformat(),
            "seconds": run.seconds,
            "outcome": run.outcome,
        },
        "held_back": [
            {
                "tenant_id": tenant.tenant_id,
                "status": tenant.status,
                "data_as_of": tenant.snapshot_at and tenant.snapshot_at.isoformat(),
            }
            for tenant in health.held_back
        ],
    }
