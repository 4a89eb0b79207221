"""Which jobs there are and when they are due: `schedule.yml`, the package's and the home's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from facet.config import Settings
from facet.schedule.cron import Cron, CronError
from facet.settings_file import Section, read_settings

FILE_NAME: Final = "schedule.yml"
_DEFAULTS: Final = Path(__file__).with_name(FILE_NAME)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A command of `facet` that is run at its times (`cron`), and after other jobs."""

    name: str
    command: tuple[str, ...]
    cron: Cron | None
    after: tuple[str, ...]
    limit: timedelta
    catch_up: bool


@dataclass(frozen=True, kw_only=True)
class ScheduleSettings:
    """The jobs by name, and how they are run."""

    jobs: Mapping[str, Job]
    attempts: int
    first_wait: timedelta
    stop_after: timedelta
    keep_runs: int

    def wait_after(self, attempts: int) -> timedelta:
        """How long after so many attempts that failed the next one comes."""
        wait: timedelta = self.first_wait * 2 ** (attempts - 1)
        return wait


def schedule_settings(settings: Settings) -> ScheduleSettings:
    """The defaults, with what the home's file says in place of theirs.

    Raises:
        ConfigurationError: the file says something that cannot be.
    """
    top = read_settings(settings.home / FILE_NAME, defaults=_DEFAULTS)
    top.only("jobs", "time_zone", "attempts", "wait_seconds", "stop_seconds", "keep_runs")
    zone = top.zone("time_zone")
    parts = top.sections("jobs")
    jobs = {name: _job(name, part, zone, set(parts)) for name, part in parts.items()}
    return ScheduleSettings(
        jobs={name: job for name, job in jobs.items() if job is not None},
        attempts=top.number("attempts", least=1),
        first_wait=timedelta(seconds=top.number("wait_seconds", least=1)),
        stop_after=timedelta(seconds=top.number("stop_seconds")),
        keep_runs=top.number("keep_runs", least=1),
    )


def _job(name: str, part: Section, zone: str, names: set[str]) -> Job | None:
    part.only("command", "cron", "after", "time_zone", "minutes", "catch_up", "enabled")
    command = part.texts("command")
    if not command:
        raise part.error("command", "a command of facet as a list, such as [rights, refresh]")
    after = part.texts("after")
    if not names.issuperset(after) or name in after:
        raise part.error("after", "a list of other jobs")
    if not after and "cron" not in part.values:
        raise part.error("cron", 'when it is due, such as "30 2 * * *"')
    cron = None
    if "cron" in part.values:
        try:
            cron = Cron(part.text("cron"), part.zone("time_zone", zone))
        except CronError as error:
            raise part.error("cron", str(error)) from None
    job = Job(
        name=name,
        command=command,
        cron=cron,
        after=after,
        limit=timedelta(minutes=part.number("minutes", least=1, default=60)),
        catch_up=part.flag("catch_up", default=True),
    )
    return job if part.flag("enabled", default=True) else None
