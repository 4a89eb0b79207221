"""Commands of the room ``reporting``."""

from dataclasses import replace
from typing import Annotated

import typer

from facet.config import Settings


def register(app: typer.Typer) -> None:
    """Add this room's commands to the command line."""
    app.command("dashboards")(dashboards)


def dashboards(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; default FACET_PORT or 8501.")
    ] = None,
) -> None:
    """Serve the dashboards on the loopback address until Ctrl-C."""
    from facet.reporting.server import ADDRESS, serve

    settings = Settings.from_environment()
    if port is not None:
        settings = replace(settings, port=port)
    typer.echo(f"Dashboards on http://{ADDRESS}:{settings.port} – Ctrl-C stops them.")
    raise typer.Exit(serve(settings))
