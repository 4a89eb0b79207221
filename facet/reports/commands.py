"""Commands of the package ``reports``: ``facet reports send``, ``list``, ``preview`` and others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from facet.config import Settings

if TYPE_CHECKING:
    from facet.reports.status import Status

_commands = typer.Typer(no_args_is_help=True, help="Reports by mail, to those who subscribed.")


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="reports")


@_commands.command()
def send(
    due: Annotated[bool, typer.Option("--due", help="Send what is due now and was not.")] = False,
    now: Annotated[
        str | None, typer.Option("--now", metavar="NAME", help="Send this report now.")
    ] = None,
) -> None:
    """Send reports; a scheduler calls it with --due, as often as it likes."""
    from facet.reports.sending import send_due, send_now
    from facet.reports.subscriptions import find, read_subscriptions

    settings = Settings.from_environment()
    if due == (now is not None):
        raise typer.BadParameter("say either --due or --now NAME")
    if now is not None:
        results = {now: send_now(settings, find(read_subscriptions(settings), now))}
    else:
        results = dict(send_due(settings))
    for name, result in results.items():
        if result != "not_due":
            typer.echo(f"{name}: {result.replace('_', ' ')}")


@_commands.command("list")
def list_reports() -> None:
    """Show every report, what came of it last, and when it is due next."""
    from facet.reports.status import statuses

    for status in statuses(Settings.from_environment()):
        typer.echo("  ".join(_told(status)))


@_commands.command()
def preview(
    name: Annotated[str, typer.Argument(help="Of the report.")],
    output: Annotated[Path, typer.Option(help="The file to write: .pdf or .xlsx.")],
) -> None:
    """Write a report as its recipient would get it now; nothing is sent."""
    from facet.reports.status import preview as file_of
    from facet.reports.subscriptions import FileFormat, find, read_subscriptions

    settings = Settings.from_environment()
    kind = output.suffix.removeprefix(".")
    if kind not in get_args(FileFormat):
        raise typer.BadParameter("the file's name must end in .pdf or .xlsx", param_hint="--output")
    content = file_of(settings, find(read_subscriptions(settings), name), cast(FileFormat, kind))
    output.write_bytes(content)
    typer.echo(f"{output} written.")


@_commands.command()
def unsubscribe(token: Annotated[str, typer.Argument(help="As it stands in the mail.")]) -> None:
    """End a report for its recipient."""
    from facet.reports.unsubscribing import unsubscribe as end

    typer.echo(f"{end(Settings.from_environment(), token).name}: nothing more is sent.")


@_commands.command()
def resubscribe(name: Annotated[str, typer.Argument(help="Of the report.")]) -> None:
    """Send a report again to its recipient, who had ended it and asks for it."""
    from facet.reports.subscriptions import find, read_subscriptions
    from facet.reports.unsubscribing import resubscribe as begin

    settings = Settings.from_environment()
    was_ended = begin(settings, find(read_subscriptions(settings), name))
    typer.echo(f"{name}: {'sent again' if was_ended else 'it was not ended'}.")


@_commands.command()
def serve(
    address: Annotated[str, typer.Option(help="Port of the loopback address, or HOST:PORT.")],
) -> None:
    """Serve the page of FACET_UNSUBSCRIBE_URL until Ctrl-C; a proxy before it brings TLS."""
    from contextlib import suppress

    from facet.config import listening_address
    from facet.reports.server import UnsubscribeServer

    at = listening_address("--address", address)
    with UnsubscribeServer(Settings.from_environment(), at) as server, suppress(KeyboardInterrupt):
        typer.echo(f"Unsubscribing on http://{at[0]}:{at[1]}/unsubscribe – Ctrl-C stops it.")
        server.serve_forever()


def _told(status: Status) -> Iterator[str]:
    """A report in a line."""
    own = status.subscription
    yield f"{own.name}: tenant {own.tenant_id}, {own.recipient}, {', '.join(own.formats)}"
    if status.last is not None:
        yield f"last {status.last.outcome} for {status.last.local_date}"
    if status.is_unsubscribed:
        yield "unsubscribed"
    if status.next_at is not None:
        yield f"next {status.next_at:%Y-%m-%d %H:%M %Z}"
    if status.hidden:
        yield f"the recipient may not see: {', '.join(status.hidden)}"
