"""The command of the package ``schedule``: ``facet schedule``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from facet.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from facet.schedule.history import JobReport
    from facet.schedule.settings import Job


def register(app: typer.Typer) -> None:
    """Add this package's command to the command line."""
    app.command("schedule")(schedule_command)


def schedule_command(
    show: Annotated[
        bool, typer.Option("--list", help="Show the jobs, what came of them and when they are due.")
    ] = False,
) -> None:
    """Run jobs at their times (run, rights, alerts, checks) until it is stopped."""
    from datetime import UTC, datetime

    from facet.schedule.history import reports
    from facet.schedule.serving import serve
    from facet.schedule.settings import schedule_settings

    settings = Settings.from_environment()
    if not show:
        serve(settings, log=_print)
        return
    last = {one.job: one for one in reports(settings)}
    for name, job in schedule_settings(settings).jobs.items():
        for line in _lines(job, last.get(name), datetime.now(UTC)):
            typer.echo(line)


def _print(text: str) -> None:
    print(text, flush=True)


def _lines(job: Job, last: JobReport | None, now: datetime) -> Iterator[str]:
    times = [f"{job.cron.expression} ({job.cron.zone})"] if job.cron else []
    times += [f"after {', '.join(job.after)}"] if job.after else []
    yield f"{job.name}: facet {' '.join(job.command)}, {', '.join(times)}"
    if last is not None:
        code = "" if last.exit_code is None else f" with {last.exit_code}"
        yield f"  {last.started_at:%Y-%m-%d %H:%M} UTC  {last.outcome}{code}, {last.seconds:.0f} s"
    if job.cron is not None:
        yield f"  {job.cron.after(now):%Y-%m-%d %H:%M} UTC  is next"
