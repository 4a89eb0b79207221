"""Commands of the package ``demo``: ``facet demo``, the whole path, and ``facet demo create``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from facet.config import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from facet.demo.create import DemoReport

_commands = typer.Typer(
    help="Four houses of fine jewellery, two training shops: from an empty machine to dashboards."
)


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="demo")


@_commands.callback(invoke_without_command=True)
def demo(context: typer.Context) -> None:
    """Start PostgreSQL, fill it where it is empty, publish, serve the dashboards until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    import signal

    from rich.console import Console

    from facet.operational.server import operational_url

    settings = Settings.from_environment()
    console = Console(highlight=False)
    signal.signal(signal.SIGTERM, _interrupt)  # to stop what was started, as Ctrl-C does
    try:
        with operational_url(settings) as url:
            report = _filled(settings, url, console)
            _publish(settings, console, is_new=report.created)
            code = _serve(settings, console)
    except KeyboardInterrupt:
        code = 0
    raise typer.Exit(code)


@_commands.command()
def create(
    url: Annotated[
        str | None, typer.Option(help="Default: FACET_OPERATIONAL_URL, else the embedded server.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another history.")] = 7,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day after the data. Default: up to now."),
    ] = None,
    scale: Annotated[
        float, typer.Option(min=0.001, help="1 is 60,000 orders, 100 is six million.")
    ] = 1,
) -> None:
    """Create the tables where they are missing, and fill them. Refuses a database in use."""
    from dataclasses import replace

    from rich.console import Console

    from facet.demo.create import create_demo
    from facet.operational.schema import create as create_schema
    from facet.operational.server import operational_url

    settings = Settings.from_environment()
    if url is not None:
        settings = replace(settings, operational_url=url)
    console, now = Console(highlight=False), _now(settings)
    with operational_url(settings) as database, _bar(console) as progress:
        create_schema(database, schema=settings.operational_schema)
        report = create_demo(
            database,
            seed=seed,
            as_of=(as_of or now).date(),
            until=None if as_of else now,
            scale=scale,
            schema=settings.operational_schema,
            progress=progress,
        )
    console.print(_summary(report))


def _filled(settings: Settings, url: str, console: Console) -> DemoReport:
    """Create the demo up to now, or find the one that stands, of whatever day."""
    from facet.demo.create import create_demo
    from facet.demo.existing import existing_demo
    from facet.operational.connection import connect
    from facet.operational.schema import create as create_schema

    schema = settings.operational_schema
    create_schema(url, schema=schema)
    with connect(url) as connection:
        found = existing_demo(connection, url=url, schema=schema)
    with _bar(console) as progress:
        if found is not None and found.is_whole:
            report = create_demo(
                url,
                seed=found.seed,
                as_of=found.as_of,
                until=found.until,
                scale=found.scale,
                schema=schema,
            )
        else:
            now = _now(settings)
            report = create_demo(url, as_of=now.date(), until=now, schema=schema, progress=progress)
    console.print(_summary(report))
    return report


def _now(settings: Settings) -> datetime:
    """The moment that the data reach to, to the minute, in UTC."""
    moment = settings.as_of or datetime.now(UTC)
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _publish(settings: Settings, console: Console, *, is_new: bool) -> None:
    """Run the pipeline where the demo is new or nothing has been published."""
    from rich.text import Text

    from facet.release.store import current_id

    if is_new or current_id(settings.releases_dir) is None:
        from facet.pipeline.run import run

        with console.status("Pipeline") as status:
            report = run(settings, progress=lambda step: status.update(Text(f"Pipeline: {step}")))
        console.print(f"Release {report.release_id} published in {report.seconds:.0f} s.")


def _serve(settings: Settings, console: Console) -> int:
    """Serve the dashboards until they end; returns their exit code."""
    from facet.reporting.server import ADDRESS, start, stop, wait_until_ready
    from facet.rights.watching import watching

    process = start(settings)
    try:
        with console.status("Dashboards"):
            users = _users_table(settings)  # while they start
            wait_until_ready(settings.port, process=process)
        console.print(users)
        console.print(f"\n[bold]http://{ADDRESS}:{settings.port}[/] – Ctrl-C stops everything.")
        with watching(settings):
            return process.wait()
    finally:
        stop(process)


def _users_table(settings: Settings) -> Table:
    from itertools import groupby

    from rich.table import Table

    from facet.release.store import current
    from facet.reporting.identity.identity import demo_users
    from facet.rights.document import rights_of

    table = Table("tenant", "who can sign in (no password: choose a name)", title_justify="left")
    release = current(settings.releases_dir)
    users = demo_users(release, rights_of(release.directory, settings))
    for tenant_name, staff in groupby(users, key=lambda user: user.tenant_name):
        table.add_row(
            tenant_name, ", ".join(f"{user.full_name} ({user.role_codes})" for user in staff)
        )
    return table


def _summary(report: DemoReport) -> str:
    verb = "written" if report.created else "stands"
    return (
        f"Demo {verb}: {report.tenants} tenants, {report.orders:,} orders up to"
        f" {report.as_of if report.until is None else f'{report.until:%Y-%m-%d %H:%M} UTC'}"
        f" (seed {report.seed}, scale {report.scale:f})."
    )


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[str, float], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Demo data", total=1)
        yield lambda step, done: progress.update(task, description=step, completed=done)


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt
