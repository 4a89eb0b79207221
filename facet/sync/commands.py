"""Commands of the package ``sync``."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("sync")(sync_command)


def sync_command(
    full: Annotated[bool, typer.Option(help="Read every table anew.")] = False,
    publication: Annotated[
        bool,
        typer.Option(help="Print what an administrator runs for FACET_SYNC_SLOT; copy nothing."),
    ] = False,
) -> None:
    """Copy the operational database into the warehouse: what changed, in one snapshot."""
    from rich.console import Console
    from rich.table import Table

    from facet.config import Settings
    from facet.lock import run_lock
    from facet.operational import operational_url
    from facet.sync import published, sync

    settings = Settings.from_environment()
    if publication:
        with operational_url(settings) as url:
            typer.echo(published.publication(settings, url))
        return
    with run_lock(settings), operational_url(settings) as url:
        report = sync(settings, url, full=full)
    table = Table("table", "mode", "found by", "way")
    table.add_column("rows", justify="right")
    table.add_column("changed", justify="right")
    for done in report.tables:
        numbers = (f"{done.rows:,}", f"{done.changed_rows:,}")
        table.add_row(done.name, done.mode, done.found_by, done.way, *numbers)
    console = Console()
    console.print(table)
    console.print(f"The copy shows {report.snapshot_at:%Y-%m-%d %H:%M:%S %Z}; {report.way}.")
