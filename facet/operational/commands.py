"""Commands of the room ``operational``: ``facet operational create|url|serve``."""

from typing import Annotated

import typer

from facet.config import Settings

_commands = typer.Typer(no_args_is_help=True, help="The operational PostgreSQL database.")


def register(app: typer.Typer) -> None:
    """Add this room's commands to the command line."""
    app.add_typer(_commands, name="operational")


@_commands.command()
def create(
    url: Annotated[
        str | None, typer.Option(help="Default: FACET_OPERATIONAL_URL, else the embedded server.")
    ] = None,
    schema: Annotated[str | None, typer.Option(help="Default: FACET_OPERATIONAL_SCHEMA.")] = None,
) -> None:
    """Create the tables that are missing; what stands is left alone."""
    from dataclasses import replace

    from facet.operational.schema import create
    from facet.operational.server import operational_url

    settings = Settings.from_environment()
    if url is not None:
        settings = replace(settings, operational_url=url)
    with operational_url(settings) as database:
        report = create(database, schema=schema or settings.operational_schema)
    typer.echo(
        f"Schema {report.schema}: {len(report.created)} tables created, {len(report.stood)} stood."
    )


@_commands.command()
def url() -> None:
    """Print the URL of the operational database."""
    from facet.operational.server import operational_url

    settings = Settings.from_environment()
    with operational_url(settings) as database:
        typer.echo(database)
    if settings.operational_url is None:
        typer.echo("Embedded: it runs while in use; `facet operational serve` keeps it.", err=True)


@_commands.command()
def serve() -> None:
    """Keep the embedded server running until Ctrl-C, for psql and the like."""
    import signal
    from threading import Event

    from facet.operational.server import embedded

    asked_to_stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.set())
    with embedded(Settings.from_environment()) as database:
        typer.echo(database)
        asked_to_stop.wait()
    typer.echo("Stopped.", err=True)
