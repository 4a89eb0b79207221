"""Command of the package ``grants``: ``facet grants``."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this package's command to the command line."""
    app.command()(grants)


def grants(
    apply: Annotated[bool, typer.Option("--apply", help="Do it, in one transaction.")] = False,
    schema: Annotated[str, typer.Option(help="The schema of the served marts.")] = "facet_served",
) -> None:
    """Show, as SQL, what is to be done for each tenant's role to read its own marts and no more."""
    from facet.config import Settings
    from facet.grants import applying
    from facet.grants.readers import Readers
    from facet.grants.shown import shown_without_people
    from facet.lock import run_lock
    from facet.operational.server import operational_url

    settings = Settings.from_environment()
    readers = Readers(group=settings.reader_role)
    shown = shown_without_people(settings.project_dir)
    with operational_url(settings) as url:
        if apply:
            with run_lock(settings):
                found = applying.apply(url, readers=readers, schema=schema, shown=shown)
        else:
            found = applying.changes(url, readers=readers, schema=schema, shown=shown)
    for change in found:
        typer.echo(f"{change.statement};  -- {change.why}")
    if not found:
        typer.echo("Readers read their own marts and no more: nothing to change.", err=True)
    elif apply:
        typer.echo(f"{len(found)} changes made.", err=True)
    else:
        typer.echo(f"{len(found)} changes to make: facet grants --apply", err=True)
