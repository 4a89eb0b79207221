"""What `schedule.yml` may say, and what the jobs are without one."""

import subprocess
import sys
from datetime import timedelta
from os import environ
from pathlib import Path
from typing import Any

import pytest
import yaml

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.schedule.settings import schedule_settings


def write(settings: Settings, content: dict[str, Any]) -> None:
    settings.create_home()
    (settings.home / "schedule.yml").write_text(yaml.safe_dump(content))


def test_without_a_file_runs_rights_alerts_and_checks_are_scheduled(settings: Settings) -> None:
    schedule = schedule_settings(settings)
    assert {name: job.command for name, job in schedule.jobs.items()} == {
        "run": ("run",),
        "rights": ("rights", "refresh"),
        "alerts": ("alerts", "check"),
        "reports": ("reports", "send", "--due"),
        "schema": ("operational", "check"),
        "audit": ("audit", "verify"),
    }
    assert schedule.jobs["alerts"].after == ("run",)
    assert all(job.catch_up and job.cron is not None for job in schedule.jobs.values())


def test_jobs_are_added_changed_and_switched_off(settings: Settings) -> None:
    backup = {"command": ["backup", "/mnt/backup"], "cron": "0 4 * * sun", "minutes": 90}
    write(
        settings,
        {
            "time_zone": "Asia/Ho_Chi_Minh",
            "jobs": {
                "run": {"cron": "*/5 * * * *"},
                "schema": {"enabled": False},
                "backup": backup,
                "audit": {"time_zone": "UTC"},
            },
        },
    )
    jobs = schedule_settings(settings).jobs
    assert list(jobs) == ["run", "rights", "alerts", "reports", "audit", "backup"]
    zones = {name: job.cron.zone for name, job in jobs.items() if job.cron}
    assert zones == dict.fromkeys(jobs, "Asia/Ho_Chi_Minh") | {"audit": "UTC"}
    assert (jobs["run"].limit, jobs["backup"].limit) == (
        timedelta(hours=2),
        timedelta(minutes=90),
    )


@pytest.mark.parametrize(
    ("content", "place", "expected"),
    [
        ({"job": {}}, "job", "one of attempts,"),
        ({"time_zone": "ICT"}, "time_zone", "a time zone"),
        ({"attempts": 0}, "attempts", "at least 1"),
        ({"jobs": {"run": {"cron": "0 6 * * 1"}}}, "jobs.run.cron", "weekdays by their names"),
        ({"jobs": {"run": {"cron": 5}}}, "jobs.run.cron", "a text"),
        ({"jobs": {"run": {"every": 5}}}, "jobs.run.every", "one of after,"),
        ({"jobs": {"run": {"command": "run"}}}, "jobs.run.command", "a list of texts"),
        ({"jobs": {"new": {"cron": "0 6 * * *"}}}, "jobs.new.command", "a command of facet"),
        ({"jobs": {"new": {"command": ["run"]}}}, "jobs.new.cron", "when it is due"),
        ({"jobs": {"run": {"after": ["nobody"]}}}, "jobs.run.after", "a list of other jobs"),
        ({"jobs": {"run": {"after": ["run"]}}}, "jobs.run.after", "a list of other jobs"),
    ],
)
def test_what_it_may_not_say_is_an_error_with_its_place(
    settings: Settings, content: dict[str, Any], place: str, expected: str
) -> None:
    write(settings, content)
    with pytest.raises(ConfigurationError) as caught:
        schedule_settings(settings)
    assert caught.value.what == f"{place} in schedule.yml"
    assert expected in caught.value.why


def test_the_list_shows_jobs_with_their_times(settings: Settings) -> None:
    write(settings, {"jobs": {"schema": {"cron": "0 6 1 1 *"}}})
    done = subprocess.run(
        [Path(sys.executable).with_name("facet"), "schedule", "--list"],
        env=environ | {"FACET_HOME": str(settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "alerts: facet alerts check, */5 * * * * (UTC), after run\n" in done.stdout
    assert "-01-01 06:00 UTC  is next\n" in done.stdout
