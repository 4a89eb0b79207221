"""Commands of the room ``pipeline``: ``facet run``, ``facet status`` and ``facet erase``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from facet.config import Settings
    from facet.pipeline.history import RunReport


def register(app: typer.Typer) -> None:
    """Add this room's commands to the command line."""
    app.command("run")(run_command)
    app.command("status")(status_command)
    app.command("erase")(erase_command)


def run_command(
    full: Annotated[
        bool, typer.Option("--full", help="Copy every operational table anew, not only changes.")
    ] = False,
) -> None:
    """Bring what is served up to date: lock, sync, build, publish, record."""
    from rich.console import Console
    from rich.text import Text

    from facet.config import Settings
    from facet.pipeline.run import run

    console = Console(highlight=False)
    with console.status("start") as status:
        report = run(
            Settings.from_environment(),
            full=full,
            progress=lambda step: status.update(Text(step)),
        )
    console.print(f"Release [bold]{report.release_id}[/] in {_steps(report)}")
    if report.held_back:
        console.print(
            "Kept as they were, because tests failed: "
            f"{', '.join(report.held_back)} ({', '.join(report.failed_tests)})",
            style="yellow",
            markup=False,
        )


def erase_command(
    tenant: Annotated[int, typer.Option(help="The tenant's id.")],
    person: Annotated[int, typer.Option(help="The id of any customer that is the person.")],
) -> None:
    """Erase a person from the copy, the marts and every kept release; sums stay as they are."""
    from rich.console import Console
    from rich.text import Text

    from facet.config import Settings
    from facet.pipeline.erasure import erase

    console = Console(highlight=False)
    with console.status("start") as status:
        certificate = erase(
            Settings.from_environment(),
            tenant_id=tenant,
            person_id=person,
            progress=lambda step: status.update(Text(step)),
        )
    customers = ", ".join(map(str, certificate.person.customer_ids))
    console.print(f"Erased: tenant {tenant}, customers {customers}.")
    for place, count in certificate.rows.items():
        console.print(f"  {place}: {count} rows", markup=False)
    console.print(f"Certificate: {certificate.path}", markup=False, soft_wrap=True)


def status_command() -> None:
    """Show the release that is served, its tenants, and the last runs."""
    from rich.console import Console

    from facet.config import Settings
    from facet.pipeline.history import last_runs
    from facet.release.commands import print_release
    from facet.release.store import current, current_id

    settings = Settings.from_environment()
    console = Console(highlight=False)
    if current_id(settings.releases_dir) is None:
        console.print("Nothing has been published yet. → Run `facet run`.")
    else:
        print_release(console, current(settings.releases_dir))
    if runs := last_runs(settings):
        console.print(_runs_table(settings, runs))


def _runs_table(settings: Settings, runs: tuple[RunReport, ...]) -> Table:
    from rich.markup import escape
    from rich.table import Column, Table

    release = Column("release", no_wrap=True)  # to be copied into other commands
    table = Table(
        "started", "engine", "outcome", "steps", release, "error or kept", title="Last runs"
    )
    for run in runs:
        colour = "green" if run.outcome == "published" else "red"
        table.add_row(
            f"{run.started_at:%Y-%m-%d %H:%M:%S}",
            run.engine,
            f"[{colour}]{run.outcome}[/]",
            _steps(run),
            run.release_id or "",
            escape(run.error or ", ".join(run.held_back)),
        )
    return table


def _steps(run: RunReport) -> str:
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in run.steps.items())
    return f"{run.seconds:.1f} s ({parts})"
