"""The evaluation of every rule on a home."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from facet.alerts import tenant_rules
from facet.alerts.finding import Finding, Unevaluated
from facet.alerts.record import AlertRecord
from facet.alerts.settings import AlertSettings, Rule
from facet.config import Settings
from facet.errors import ReleaseError
from facet.pipeline.history import RunReport, failed_runs, last_runs
from facet.release import current
from facet.release.manifest import Release, TenantFile
from facet.schedule.history import JobReport, reports

_MINUTE = timedelta(minutes=1)
#: The job that runs: run_failed and tenant_held_back are about what comes of it.
_RUN = "run"


@dataclass(frozen=True, kw_only=True)
class Home:
    """What rules are evaluated on: the served release (None: not readable), runs and jobs."""

    now: datetime
    release: Release | None
    has_run: bool
    #: Since one was published, the newest first.
    failed_runs: tuple[RunReport, ...]
    #: Of each job of the schedule its last times, the newest first.
    jobs: Mapping[str, Sequence[JobReport]]


def evaluate(
    settings: Settings, rules: AlertSettings, record: AlertRecord, *, now: datetime
) -> tuple[tuple[Finding, ...], tuple[Unevaluated, ...]]:
    """The findings at a moment, and the rules that could not be evaluated."""
    try:
        release = current(settings.releases_dir)
    except ReleaseError:
        release = None
    home = Home(
        now=now,
        release=release,
        has_run=bool(last_runs(settings, count=1)),
        failed_runs=failed_runs(settings),
        jobs=_jobs(settings),
    )
    seen: list[Finding | Unevaluated] = list(_installation(home, rules))
    if release is None:
        reason = "No release can be served."
        of_release = rules.rules.keys() & {"tenant_held_back", *tenant_rules.RULES}
        seen += [
            Unevaluated(rule=name, tenant_id=None, reason=reason) for name in sorted(of_release)
        ]
    else:
        for tenant in release.tenants:
            seen += tenant_rules.evaluate(release, tenant, rules.rules, record, now=now)
    return (
        tuple(one for one in seen if isinstance(one, Finding)),
        tuple(one for one in seen if isinstance(one, Unevaluated)),
    )


def _installation(home: Home, rules: AlertSettings) -> Iterator[Finding]:
    if rule := rules.rules.get("run_failed"):
        yield from _run_failed(home, rule)
    if rule := rules.rules.get("job_failed"):
        yield from _job_failed(home, rule)
    if rule := rules.rules.get("data_stale"):
        yield from _data_stale(home, rule)
    if rule := rules.rules.get("tenant_held_back"):
        for tenant in home.release.tenants if home.release else ():
            yield from _held_back(home, tenant, rule)


def _run_failed(home: Home, rule: Rule) -> Iterator[Finding]:
    failed = home.failed_runs
    if failed and len(failed) >= rule.thresholds["runs"]:
        reason = (failed[0].error or "").strip().splitlines()
        yield Finding(
            rule=rule.name,
            values={
                "runs": len(failed),
                "at": failed[0].finished_at.isoformat(),
                "reason": reason[0] if reason else "–",
            },
        )


def _jobs(settings: Settings) -> Mapping[str, Sequence[JobReport]]:
    jobs: dict[str, list[JobReport]] = {}
    for report in reversed(reports(settings)):
        if report.outcome not in ("skipped", "stopped"):
            jobs.setdefault(report.job, []).append(report)
    return jobs


def _job_failed(home: Home, rule: Rule) -> Iterator[Finding]:
    for job, times in home.jobs.items():
        failed = list(takewhile(lambda one: one.outcome != "succeeded", times))
        if job == _RUN or not failed or len(failed) < rule.thresholds["times"]:
            continue
        # the reason stands before what Facet advises, and at the end of anything else
        lines = [line for line in failed[0].output.splitlines() if not line.startswith("→")]
        yield Finding(
            rule=rule.name,
            subject=job,
            values={
                "job": job,
                "times": len(failed),
                "at": failed[0].finished_at.isoformat(),
                "reason": lines[-1] if lines else failed[0].outcome,
            },
        )


def _data_stale(home: Home, rule: Rule) -> Iterator[Finding]:
    if home.release is None:
        if home.has_run:  # before the first run there is nothing to miss
            yield Finding(rule=rule.name, values={"variant": "nothing"})
        return
    age = home.now - home.release.snapshot.at
    if age > rule.thresholds["minutes"] * _MINUTE:
        yield Finding(
            rule=rule.name,
            values={"at": home.release.snapshot.at.isoformat(), "age": age // _MINUTE},
        )


def _held_back(home: Home, tenant: TenantFile, rule: Rule) -> Iterator[Finding]:
    if tenant.status == "fresh" or home.release is None:
        return
    at = tenant.snapshot_at if tenant.status == "kept" else None
    if at is not None and home.release.snapshot.at - at < rule.thresholds["minutes"] * _MINUTE:
        return
    values = {
        "tenant": tenant.tenant_name or str(tenant.tenant_id),
        "reason": ", ".join(tenant.reasons) or "–",
        **({"variant": "missing"} if at is None else {"at": at.isoformat()}),
    }
    yield Finding(rule=rule.name, tenant_id=tenant.tenant_id, values=values)
