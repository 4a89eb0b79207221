"""What rules find of runs, of jobs and of what is served."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from facet.config import Settings
from facet.release import Audit
from facet.release.manifest import FailedTest
from facet.schedule.history import JobReport, Outcome, record
from tests.facet.alerts.conftest import AS_OF, SAIGON
from tests.facet.alerts.test_rules import PublishMarts, open_alerts


def test_a_tenant_that_is_held_back_and_data_that_grow_old(
    settings: Settings, publish_marts: PublishMarts, record_run: Callable[..., None]
) -> None:
    publish_marts({})
    record_run(AS_OF)
    test = FailedTest(name="within_tenant_fct_orders", rows=1, tenant_ids=(SAIGON,))
    later = AS_OF + timedelta(minutes=60)
    publish_marts({}, audit=Audit(failed=(test,)), at=later)
    held_back = {"tenant": "Ngọc Lan", "reason": test.name, "at": AS_OF.isoformat()}
    assert open_alerts(settings, later) == {("tenant_held_back", SAIGON, ""): held_back}
    stale = later + timedelta(minutes=61)
    found = open_alerts(settings, stale)
    assert found["data_stale", None, ""] == {"at": later.isoformat(), "age": 61}
    assert ("data_stale", None, "") not in open_alerts(settings, stale - timedelta(minutes=1))


def test_runs_that_fail_are_told_from_as_many_on_as_is_said(
    settings: Settings,
    record_run: Callable[..., None],
    configure: Callable[[Mapping[str, Any]], None],
) -> None:
    assert open_alerts(settings) == {}  # nothing was ever run, and nothing is missed
    configure({"rules": {"run_failed": {"runs": 2}, "data_stale": {"enabled": False}}})
    record_run(AS_OF, "the disk is full\nFree some space.")
    assert open_alerts(settings) == {}
    record_run(AS_OF, "the disk is full\nFree some space.")
    values = {"runs": 2, "at": AS_OF.isoformat(), "reason": "the disk is full"}
    assert open_alerts(settings) == {("run_failed", None, ""): values}
    record_run(AS_OF, "the database is gone")  # more of them than it takes are counted too
    values = {"runs": 3, "at": AS_OF.isoformat(), "reason": "the database is gone"}
    assert open_alerts(settings) == {("run_failed", None, ""): values}
    record_run(AS_OF)
    assert open_alerts(settings) == {}


def test_a_job_that_fails_is_told_until_it_succeeds_and_runs_are_not(settings: Settings) -> None:
    def ended(job: str, outcome: Outcome, output: str = "") -> None:
        report = JobReport(
            job=job,
            key=AS_OF.isoformat(),
            due_at=AS_OF,
            started_at=AS_OF,
            finished_at=AS_OF,
            outcome=outcome,
            output=output,
        )
        record(settings, report, keep=9)

    settings.create_home()
    ended("run", "failed", "the database is gone")
    ended("backup", "failed", "No backup\nThe disk is full.\n→ Free some space.")
    ended("audit", "timed_out")
    ended("audit", "skipped")
    values = {"job": "backup", "times": 1, "at": AS_OF.isoformat(), "reason": "The disk is full."}
    assert open_alerts(settings) == {
        ("job_failed", None, "backup"): values,
        ("job_failed", None, "audit"): values | {"job": "audit", "reason": "timed_out"},
    }
    ended("backup", "succeeded")
    ended("audit", "failed")
    found = open_alerts(settings)
    assert [key[2] for key in found] == ["audit"]
    assert found["job_failed", None, "audit"]["times"] == 2
