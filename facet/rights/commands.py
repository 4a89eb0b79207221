"""Commands of the package ``rights``: ``facet rights refresh``, ``watch`` and ``install``."""

from __future__ import annotations

from typing import Annotated

import typer

from facet.config import Settings

_commands = typer.Typer(no_args_is_help=True, help="Who may see what, from the CRM's own roles.")


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="rights")


@_commands.command()
def refresh() -> None:
    """Read everybody's rights now: what was revoked is gone with the next click."""
    from facet.operational.server import operational_url
    from facet.rights.reading import refresh as read_anew

    settings = Settings.from_environment()
    with operational_url(settings) as url:
        rights = read_anew(settings, url)
    let_in = sum(1 for person in rights.people if person.is_active and person.permissions)
    typer.echo(f"{let_in} of {len(rights.people)} people may see something.")


@_commands.command()
def watch(
    every: Annotated[int, typer.Option(min=5, max=300, help="Seconds between two looks.")] = 60,
) -> None:
    """Read everybody's rights again and again, until it is stopped."""
    from facet.rights.watching import watch as look

    look(Settings.from_environment(), every_seconds=every)


@_commands.command()
def install(
    defaults: Annotated[
        bool, typer.Option(help="Also grant what is added to roles of the usual codes.")
    ] = False,
) -> None:
    """Add Facet's permissions to the CRM's own; needs the right to write there."""
    from facet.operational.server import operational_url
    from facet.rights.installing import install as add

    settings = Settings.from_environment()
    with operational_url(settings) as url:
        added = add(url, schema=settings.operational_schema, with_defaults=defaults)
    typer.echo(f"{added} permissions added.")
