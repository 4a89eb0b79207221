"""Commands of the package ``pipeline``: ``facet run``, ``facet status`` and ``facet erase``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from facet.pipeline.history import RunReport


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("run")(run_command)
    app.command("status")(status_command)
    app.command("erase")(erase_command)


def run_command(
    full: Annotated[
        bool, typer.Option("--full", help="Copy and build everything anew, not only changes.")
    ] = False,
) -> None:
    """Bring what is served up to date: lock, sync, build, publish, record."""
    from rich.console import Console
    from rich.text import Text

    from facet.config import Settings
    from facet.errors import HeldBackError
    from facet.pipeline.run import run

    console = Console(highlight=False)
    with console.status("start") as status:
        report = run(
            Settings.from_environment(),
            full=full,
            progress=lambda step: status.update(Text(step)),
        )
    console.print(f"Release [bold]{report.release_id}[/] in {_steps(report)}")
    for warning in report.warnings:
        console.print(f"Time zone {warning}", style="yellow", markup=False, soft_wrap=True)
    if report.held_back:
        raise HeldBackError(
            f"Published without {', '.join(report.held_back)}",
            why=f"Failed: {', '.join(report.failed_tests) or 'see `facet status`'}.",
            next_step="They are served as they were. `facet status` has the reason for each.",
        )


def erase_command(
    tenant: Annotated[int, typer.Option(help="The tenant's id.")],
    person: Annotated[
        int | None, typer.Option(help="The id of any customer that is the person.")
    ] = None,
    user: Annotated[
        int | None, typer.Option(help="Or the id of a user: what they saved in Facet goes.")
    ] = None,
) -> None:
    """Erase a person from the copy, the marts and every kept release; sums stay as they are."""
    from rich.console import Console
    from rich.text import Text

    from facet.config import Settings
    from facet.pipeline.erasure import erase
    from facet.saved.forgetting import forget_user

    if (person is None) == (user is None):
        raise typer.BadParameter("Give the id of a customer (--person) or of a user (--user).")
    if user is not None:
        count = forget_user(Settings.from_environment(), tenant_id=tenant, user_id=user)
        typer.echo(f"Erased: tenant {tenant}, user {user}: {count} of what they saved.")
        return
    assert person is not None, "one of both was given"
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
    for table, count in certificate.rows.items():
        console.print(f"  {table}: {count} rows", markup=False)
    console.print(f"Certificate: {certificate.path}", markup=False, soft_wrap=True)


def status_command(
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 10 where somebody should look after it.")
    ] = False,
    max_age: Annotated[
        int | None,
        typer.Option(min=1, help="Seconds that data may be old; older ones are such a case."),
    ] = None,
) -> None:
    """Show what is served, the last runs, and what somebody should look after."""
    from datetime import timedelta
    from json import dumps

    from rich.console import Console

    from facet.config import Settings
    from facet.pipeline.status import AttentionError, as_json, in_lines, status_of

    age = None if max_age is None else timedelta(seconds=max_age)
    status = status_of(Settings.from_environment(), max_age=age)
    if json:
        typer.echo(dumps(as_json(status), ensure_ascii=False, indent=1))
    else:
        for line in in_lines(status, width=Console().width):
            typer.echo(line)
    if check and status.attention:
        raise AttentionError(
            "Facet needs attention",
            why=" ".join(status.attention[:1]),
            next_step="See `facet status`, and `facet run` once its cause is corrected.",
        )


def _steps(run: RunReport) -> str:
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in run.steps.items())
    return f"{run.seconds:.1f} s ({parts})"
