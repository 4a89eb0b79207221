"""Commands of the package ``health``: ``facet health``."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("health")(health_command)


def health_command(
    address: Annotated[
        str | None,
        typer.Option(help="Port of the loopback address, or HOST:PORT; FACET_HEALTH_ADDRESS."),
    ] = None,
) -> None:
    """Serve /healthz and /metrics until Ctrl-C, on the address that is named."""
    from contextlib import suppress
    from dataclasses import replace

    from facet.config import Settings, listening_address
    from facet.health.server import HealthServer

    settings = Settings.from_environment()
    if address is not None:
        settings = replace(settings, health_address=listening_address("--address", address))
    with HealthServer(settings) as server, suppress(KeyboardInterrupt):
        typer.echo(f"Health on {server.url}/healthz and /metrics – Ctrl-C stops it.")
        server.serve_forever()
