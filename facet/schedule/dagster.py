"""Facet under Dagster: every model an asset, every data test a check of one, one run for all.

``dagster dev -m facet.schedule.dagster``, with the extra ``facet[dagster]``; docs/scheduling.md.
Dagster decides when and shows what came of it. What runs is `facet.pipeline.run.run`, so that lock,
quarantine, tenants held back and releases are those of ``facet run``.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

import dagster
from dagster_dbt import dbt_assets

from facet.config import Settings
from facet.errors import FacetError
from facet.pipeline.audit import NodeResult
from facet.pipeline.dbt import manifest
from facet.pipeline.history import RunReport
from facet.pipeline.run import run
from facet.schedule.cron import Cron
from facet.schedule.process import PROGRAM
from facet.schedule.scheduler import TRANSIENT
from facet.schedule.settings import Job, ScheduleSettings, schedule_settings

RELEASE: Final = dagster.AssetKey("release")
_HELD_BACK: Final = dagster.AssetCheckSpec("every_tenant_is_published", asset=RELEASE)
#: Where dagster-dbt says which of dbt's nodes an asset or a check is.
_NODE: Final = "dagster_dbt/unique_id"
#: Statuses of what has not ended.
_RUNNING: Final = [
    dagster.DagsterRunStatus.QUEUED,
    dagster.DagsterRunStatus.NOT_STARTED,
    dagster.DagsterRunStatus.STARTING,
    dagster.DagsterRunStatus.STARTED,
    dagster.DagsterRunStatus.CANCELING,
]

_Events = Iterator[dagster.MaterializeResult[Any] | dagster.AssetCheckResult]


@dagster.definitions
def facet() -> dagster.Definitions:
    """The assets, their run and the other jobs of `schedule.yml`, each with its times."""
    return definitions(Settings.from_environment())


def definitions(settings: Settings) -> dagster.Definitions:
    """The same for these settings.

    Raises:
        BuildError: the project does not parse.
        ConfigurationError: `schedule.yml` says something that cannot be.
    """
    schedule = schedule_settings(settings)
    assets = _assets(settings, schedule)
    jobs = {
        name: dagster.define_asset_job(_name(job), selection=[assets])
        if job.command == ("run",)
        else _job(job, schedule)
        for name, job in schedule.jobs.items()
    }
    return dagster.Definitions(
        assets=[assets],
        jobs=list(jobs.values()),
        schedules=[
            _times(jobs[name], job.cron)
            for name, job in schedule.jobs.items()
            if job.cron is not None
        ],
    )


def _times(job: Any, cron: Cron) -> dagster.ScheduleDefinition:
    """When a job is due; it is skipped while it still runs, as `facet schedule` does."""

    @dagster.schedule(
        job=job,
        name=f"{job.name}_times",
        cron_schedule=cron.expression,
        execution_timezone=cron.zone,
        default_status=dagster.DefaultScheduleStatus.RUNNING,
    )
    def times(
        context: dagster.ScheduleEvaluationContext,
    ) -> dagster.RunRequest | dagster.SkipReason:
        runs = dagster.RunsFilter(job_name=job.name, statuses=_RUNNING)
        if context.instance.get_run_ids(runs, limit=1):
            return dagster.SkipReason(f"{job.name} still runs")
        return dagster.RunRequest()

    return times


def _assets(settings: Settings, schedule: ScheduleSettings) -> dagster.AssetsDefinition:
    """Models, seeds and snapshots as dbt's manifest has them, and the release of them."""
    content = json.loads(manifest(settings).read_text(encoding="utf-8"))
    declared = dbt_assets(manifest=content)(_never)
    marts = [key for key in declared.keys if key.path[0] == "marts"]

    @dagster.multi_asset(
        name="facet_run",
        specs=[
            *(spec.replace_attributes(skippable=True) for spec in declared.specs),
            dagster.AssetSpec(RELEASE, deps=marts, description="What the dashboards serve."),
        ],
        check_specs=[*declared.check_specs, _HELD_BACK],
    )
    def facet_run(context: dagster.AssetExecutionContext) -> _Events:
        nodes: dict[str, NodeResult] = {}
        try:
            report = run(
                settings,
                progress=context.log.debug,
                on_build=lambda built: nodes.update({one.unique_id: one for one in built.nodes}),
            )
        except FacetError as error:
            _fail(error.exit_code, str(error), schedule, context.retry_number)
        yield from _built(declared, nodes)
        yield from _released(report)

    return facet_run


def _built(declared: dagster.AssetsDefinition, nodes: Mapping[str, NodeResult]) -> _Events:
    """What was built, in that order, which Dagster insists on, and how each test went.

    A test that nothing has reached stands as it passed.
    """
    keys = {spec.metadata[_NODE]: spec.key for spec in declared.specs}
    for name, built in nodes.items():
        if name in keys and built.status == "success":
            yield dagster.MaterializeResult(keys[name], metadata={"seconds": built.seconds})
    for check in declared.check_specs:
        node = nodes.get((check.metadata or {})[_NODE])
        yield dagster.AssetCheckResult(
            asset_key=check.asset_key,
            check_name=check.name,
            passed=node is None or node.status in ("pass", "success"),
            severity=dagster.AssetCheckSeverity.WARN
            if node is not None and node.status == "warn"
            else dagster.AssetCheckSeverity.ERROR,
            metadata={"tested anew": node is not None, "rows": node.failures if node else 0},
        )


def _released(report: RunReport) -> _Events:
    yield dagster.MaterializeResult(
        RELEASE,
        metadata={
            "release": str(report.release_id),
            "built": report.built,
            **{f"seconds of {step}": seconds for step, seconds in report.steps.items()},
        },
    )
    yield dagster.AssetCheckResult(
        asset_key=RELEASE,
        check_name=_HELD_BACK.name,
        passed=not report.held_back,
        metadata={
            "held back": ", ".join(report.held_back),
            "failed tests": ", ".join(report.failed_tests),
        },
    )


def _job(job: Job, schedule: ScheduleSettings) -> dagster.JobDefinition:
    """A job that is one command of `facet`."""

    @dagster.op(name=f"facet_{_name(job)}")
    def command(context: dagster.OpExecutionContext) -> None:
        ended = subprocess.run(
            [*PROGRAM, *job.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=job.limit.total_seconds(),
            text=True,
            check=False,
        )
        context.log.info(ended.stdout)
        if ended.returncode:
            _fail(ended.returncode, ended.stdout, schedule, context.retry_number)

    return dagster.GraphDefinition(name=_name(job), node_defs=[command]).to_job()


def _name(job: Job) -> str:
    """A job's name in letters that Dagster takes."""
    return re.sub(r"\W", "_", job.name)


def _fail(code: int, reason: str, schedule: ScheduleSettings, retries: int) -> NoReturn:
    """Have it tried again where that may help, as `facet schedule` does; else it has failed."""
    if code in TRANSIENT:
        raise dagster.RetryRequested(
            max_retries=schedule.attempts - 1,
            seconds_to_wait=schedule.wait_after(retries + 1).total_seconds(),
        )
    raise dagster.Failure(reason, metadata={"exit code": code}, allow_retries=False)


def _never() -> Iterator[Any]:
    """Declares dbt's assets; `facet_run` makes them."""
    yield from ()
