"""Facet under Dagster: its assets, checks, times and retries, loaded and run for real."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import dagster
import pytest

from facet.config import Settings
from facet.pipeline.profile import target_path
from facet.release import current
from facet.schedule.dagster import RELEASE, definitions
from facet.schedule.settings import schedule_settings
from tests.project.conftest import Served

_UNREACHABLE = "postgresql://facet@127.0.0.1:9/nothing"


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of Dagster's is left: see findings/dagster_leaves_sigterm_as_sigint.sh."""
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "1")
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="module")
def settings(
    publish: Callable[..., Served], foreign_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A copy of a home that was published, a day later: what reads the day has changed."""
    served = publish(foreign_database, "duckdb").settings
    home = tmp_path_factory.mktemp("dagster") / "home"
    shutil.copytree(served.home, home, symlinks=True)
    assert served.as_of is not None
    return replace(served, home=home, as_of=served.as_of + timedelta(days=1))


def test_a_run_tells_what_was_built_how_tests_went_and_what_is_served(settings: Settings) -> None:
    before = current(settings.releases_dir)
    loaded = definitions(settings)
    ended = _run(loaded, "run")
    assert ended.success

    built = {event.asset_key for event in ended.get_asset_materialization_events()}
    assert {RELEASE, dagster.AssetKey(["marts", "dim_tenants"])} <= built
    assert dagster.AssetKey(["staging", "stg_orders__orders"]) not in built  # reads no day
    release = current(settings.releases_dir)
    assert release.id != before.id
    told = ended.asset_materializations_for_node("facet_run")[-1]
    assert (told.asset_key, told.metadata["release"].value) == (RELEASE, release.id)
    assert told.metadata["built"].value == "changes"

    manifest = json.loads((target_path(settings) / "manifest.json").read_text("utf-8"))
    of_one_model = {
        unique_id
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "test" and node.get("attached_node")
    }
    checks = ended.get_asset_check_evaluations()
    assert all(check.passed for check in checks)
    assert len(checks) == len({(check.asset_key, check.check_name) for check in checks})
    assert len(checks) > len(of_one_model) > 100
    anew = [check for check in checks if "tested anew" in check.metadata]
    assert {check.metadata["tested anew"].value for check in anew} == {True, False}


def test_assets_are_the_models_and_follow_from_one_another_as_those_do(settings: Settings) -> None:
    graph = definitions(settings).resolve_asset_graph()
    manifest = json.loads((target_path(settings) / "manifest.json").read_text("utf-8"))
    kinds = [node["resource_type"] for node in manifest["nodes"].values()]
    models = sum(kind in ("model", "seed", "snapshot") for kind in kinds)
    assert len(graph.materializable_asset_keys) == models + 1
    orders = graph.get(dagster.AssetKey(["marts", "fct_orders"]))
    assert dagster.AssetKey(["marts", "fct_sales_ledger"]) in orders.parent_keys
    assert orders.key in graph.get(RELEASE).parent_keys


def test_jobs_are_due_when_the_schedule_says(settings: Settings) -> None:
    (settings.home / "schedule.yml").write_text(
        "time_zone: Asia/Ho_Chi_Minh\n"
        "attempts: 2\nwait_seconds: 1\n"
        'jobs:\n  run: {cron: "*/10 7-21 * * mon-sat"}\n  audit: {enabled: false}\n'
        '  no-command: {command: [nonsense], cron: "0 4 * * *"}\n'
    )
    times = {
        schedule.job_name: (schedule.cron_schedule, schedule.execution_timezone)
        for schedule in definitions(settings).schedules or ()
        if isinstance(schedule, dagster.ScheduleDefinition)
    }
    assert times.keys() == {"run", "rights", "alerts", "reports", "schema", "no_command"}
    assert times["run"] == ("*/10 7-21 * * mon-sat", "Asia/Ho_Chi_Minh")
    assert len(times) == len(schedule_settings(settings).jobs)


def test_a_job_that_is_due_while_it_runs_is_skipped(settings: Settings, tmp_path: Path) -> None:
    loaded = definitions(settings)
    times = loaded.resolve_schedule_def("alerts_times")
    with dagster.DagsterInstance.local_temp(str(tmp_path)) as instance:
        now = dagster.build_schedule_context(instance=instance)
        assert times.evaluate_tick(now).skip_message is None
        instance.create_run_for_job(
            loaded.resolve_job_def("alerts"), status=dagster.DagsterRunStatus.STARTED
        )
        tick = times.evaluate_tick(now)
    assert (tick.run_requests, tick.skip_message) == ([], "alerts still runs")


def test_what_may_pass_is_tried_again_and_nothing_else(settings: Settings) -> None:
    (settings.home / "schedule.yml").write_text(
        "attempts: 2\nwait_seconds: 1\n"
        'jobs:\n  nonsense: {command: [nonsense], cron: "0 4 * * *"}\n'
    )
    served = current(settings.releases_dir)
    away = definitions(replace(settings, operational_url=_UNREACHABLE))
    assert _attempts(_run(away, "run")) == 2
    assert current(settings.releases_dir).id == served.id
    assert _attempts(_run(away, "nonsense")) == 1


def test_dagster_loads_it_by_its_name(settings: Settings, tmp_path: Path) -> None:
    found = subprocess.run(
        [
            *(sys.executable, "-P", "-m", "dagster", "definitions", "validate"),
            *("-m", "facet.schedule.dagster"),
        ],
        env={"FACET_HOME": str(settings.home), "DAGSTER_HOME": str(tmp_path), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr


def _run(loaded: dagster.Definitions, job: str) -> dagster.ExecuteInProcessResult:
    with dagster.DagsterInstance.ephemeral() as instance:
        return loaded.resolve_job_def(job).execute_in_process(
            instance=instance, raise_on_error=False
        )


def _attempts(ended: dagster.ExecuteInProcessResult) -> int:
    """How often the step of a job that failed was tried."""
    assert not ended.success
    kinds = [event.event_type for event in ended.all_events]
    return 1 + kinds.count(dagster.DagsterEventType.STEP_RESTARTED)
