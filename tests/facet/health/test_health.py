"""What a monitor gets over HTTP: whether a home is well, and figures of runs and releases."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.health.server import HealthServer
from facet.health.state import health_of
from facet.pipeline.history import RunReport, record
from facet.release import Audit, FailedTest, Release, current

Publish = Callable[..., Release]
BAD = Audit(passed=6, failed=(FailedTest(name="orders_are_whole", rows=1, tenant_ids=(2,)),))
BEGUN = datetime(2026, 1, 8, 3, 1, tzinfo=UTC)
#: The release's data are of 2026-01-08 03:00.
AS_OF = datetime(2026, 1, 8, 3, 0, tzinfo=UTC)
RUN = RunReport(
    started_at=BEGUN,
    finished_at=BEGUN + timedelta(seconds=90),
    outcome="published",
    steps={"sync": 1.5, "build": 80.25},
    error=None,
)


def asked(url: str, **headers: str) -> tuple[int, str]:
    """The status and text of an answer."""
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def health(address: str) -> tuple[int, dict[str, Any]]:
    code, body = asked(f"{address}/healthz")
    return code, json.loads(body)


def metrics(address: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    _, text = asked(f"{address}/metrics")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_fresh_release_is_healthy_and_told(
    patient: str, publish_marts: Publish, settings: Settings
) -> None:
    release = publish_marts()
    record(settings, RUN)

    code, body = health(patient)

    assert (code, body["status"], body["problems"]) == (200, "ok", [])
    assert body["release"]["id"] == release.id
    assert body["release"]["data_as_of"] == "2026-01-08T03:00:00+00:00"
    assert body["last_run"] == {
        "started_at": "2026-01-08T03:01:00+00:00", "seconds": 90.0, "outcome": "published",
    }  # fmt: skip
    assert body["held_back"] == []


def test_who_is_held_back_is_told_by_number_and_nothing_else_of_anybody(
    patient: str, publish_marts: Publish, settings: Settings
) -> None:
    publish_marts()
    publish_marts(BAD)
    record(settings, replace(RUN, outcome="failed", error="orders: total 123.45 of O'Brien"))

    code, body = health(patient)
    figures = asked(f"{patient}/metrics")[1]

    assert code == 200  # what is served is not old
    assert body["held_back"] == [
        {"tenant_id": 2, "status": "kept", "data_as_of": "2026-01-08T03:00:00+00:00"}
    ]
    for secret in ("Brien", "Đá quý", "123.45", "orders_are_whole"):
        assert secret not in json.dumps(body, ensure_ascii=False) + figures


def test_old_data_are_stale_from_the_second_after_the_limit(
    publish_marts: Publish, settings: Settings, address: str
) -> None:
    publish_marts()
    hour = replace(settings, health_max_age=timedelta(hours=1))
    assert health_of(hour, now=AS_OF + timedelta(hours=1)).problems == ()
    late = health_of(hour, now=AS_OF + timedelta(hours=1, seconds=1))
    assert (late.problems, late.age) == (("stale",), timedelta(hours=1, seconds=1))

    code, body = health(address)  # of January, with the default of two hours
    assert (code, body["problems"], body["max_age_seconds"]) == (503, ["stale"], 7200)


def test_nothing_served_and_a_home_that_is_gone_are_told_apart(
    address: str, publish_marts: Publish, settings: Settings
) -> None:
    assert health(address)[1]["problems"] == ["home_unreadable"]  # it was never made
    settings.home.mkdir()
    assert health(address)[0] == 503
    assert health(address)[1]["problems"] == ["nothing_served"]
    publish_marts()
    shutil.rmtree(current(settings.releases_dir).directory)
    assert health(address)[1]["problems"] == ["nothing_served"]
    assert metrics(address)["facet_healthy",] == 0
    shutil.rmtree(settings.home)
    assert health(address)[0] == 503
    assert metrics(address) == {("facet_healthy",): 0}


def test_metrics_tell_of_runs_steps_and_the_release(
    patient: str, publish_marts: Publish, settings: Settings
) -> None:
    publish_marts()
    release = publish_marts(BAD)
    record(settings, replace(RUN, outcome="failed"))
    record(settings, RUN)
    record(settings, RUN)

    found = metrics(patient)

    assert found["facet_healthy",] == 1
    assert found["facet_runs_total", "published"] == 2
    assert found["facet_runs_total", "failed"] == 1
    assert found["facet_last_run_step_seconds", "build"] == 80.25
    assert found["facet_last_run_published",] == 1
    assert found["facet_last_run_timestamp_seconds",] == (BEGUN.timestamp() + 90)
    assert found["facet_release_info", "duckdb", release.facet_version, release.id] == 1
    assert found["facet_release_rows",] == 102  # two tenants, fifty orders each
    assert found["facet_release_files",] == 2
    assert found["facet_release_tenants", "kept"] == 1
    assert found["facet_release_held_back_tenants",] == 1
    assert found["facet_release_quarantined_rows",] == 0
    assert found["facet_releases",] == 2
    sizes = [tenant.size_bytes for tenant in release.tenants]
    assert found["facet_release_bytes",] == sum(sizes)
    # nothing of tenant 1 changed and tenant 2 keeps its file: both releases share both files
    assert sum(sizes) < found["facet_disk_used_bytes", "releases"] < sum(sizes) + min(sizes)


def test_runs_that_are_off_the_record_are_counted(settings: Settings) -> None:
    settings.home.mkdir()
    for outcome in ("failed", "published", "published"):
        record(settings, replace(RUN, outcome=outcome))
    path = settings.home / "runs.jsonl"
    path.write_text(path.read_text().splitlines(keepends=True)[-1])
    record(settings, replace(RUN, outcome="failed"))
    with HealthServer(replace(settings, health_address=("127.0.0.1", 0))) as server:
        families = {family.name: family for family in server.registry.collect()}
    samples = families["facet_runs"].samples
    assert [(one.labels["outcome"], one.value) for one in samples] == [
        ("published", 2), ("failed", 2),
    ]  # fmt: skip


def test_nothing_else_is_served(address: str) -> None:
    assert asked(f"{address}/")[0] == 404
    assert asked(f"{address}/metrics/../releases")[0] == 404
    with pytest.raises(HTTPError, match="501"):
        urlopen(Request(f"{address}/healthz", method="POST", data=b"x"), timeout=10)


def test_without_an_address_it_is_not_served(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="FACET_HEALTH_ADDRESS"):
        HealthServer(settings)


def test_a_port_that_is_taken_is_told(address: str, settings: Settings) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port}: It cannot be listened on"):
        HealthServer(replace(settings, health_address=("127.0.0.1", port)))


def test_the_command_serves_on_the_loopback_address_where_a_port_alone_is_named(
    settings: Settings, publish_marts: Publish
) -> None:
    publish_marts()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [Path(sys.executable).with_name("facet"), "health", "--address", str(port)],
        env=os.environ | {"FACET_HOME": str(settings.home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert f"http://127.0.0.1:{port}/healthz" in process.stdout.readline()
            assert health(f"http://127.0.0.1:{port}")[1]["problems"] == ["stale"]
        finally:
            process.terminate()
