"""Commands of the package ``operational``: ``facet operational create|check|compare|url|…``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from facet.config import Settings

if TYPE_CHECKING:
    from facet.operational.legacy import Line
    from facet.operational.scorecard import Scorecard

Url = Annotated[
    str | None, typer.Option(help="Default: FACET_OPERATIONAL_URL, else the embedded server.")
]
Schema = Annotated[str | None, typer.Option(help="Default: FACET_OPERATIONAL_SCHEMA.")]

_commands = typer.Typer(no_args_is_help=True, help="The operational PostgreSQL database.")


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(_commands, name="operational")


@_commands.command()
def create(url: Url = None, schema: Schema = None) -> None:
    """Create the tables that are missing; what stands is left alone."""
    from facet.operational.schema import create
    from facet.operational.server import operational_url

    settings = _settings(url)
    with operational_url(settings) as database:
        report = create(database, schema=schema or settings.operational_schema)
    typer.echo(
        f"Schema {report.schema}: {len(report.created)} tables created, {len(report.stood)} stood."
    )


@_commands.command()
def check(
    url: Url = None,
    schema: Schema = None,
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="The share that each measure must reach.")
    ] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the schema's quality: only reads; fails, code 9, where a measure is too low."""
    from facet.errors import QualityError
    from facet.operational import clocks
    from facet.operational.connection import where
    from facet.operational.scorecard import check, to_json
    from facet.operational.server import operational_url

    settings = _settings(url)
    with operational_url(settings) as database:
        scorecard = check(database, schema=schema or settings.operational_schema)
        zones = clocks.compare(database, schema=scorecard.schema).lines
        name = where(database)
    if as_json:
        typer.echo(to_json(scorecard, time_zones=zones))
    else:
        _print(scorecard)
        for line in zones:
            typer.echo(f"time zone: {line}")
    if below := scorecard.below(threshold):
        raise QualityError(
            f"The schema of {name}",
            why=f"Below {threshold:.2%}: {', '.join(measure.name for measure in below)}.",
            next_step="Mend what is listed, or lower --threshold.",
        )


@_commands.command()
def compare(
    legacy: Annotated[
        str | None, typer.Option(help="The old database. Default: FACET_LEGACY_URL.")
    ] = None,
    legacy_schema: Annotated[str, typer.Option(help="The schema of the old tables.")] = "public",
    url: Url = None,
    schema: Schema = None,
    tenant: Annotated[int | None, typer.Option(help="Count new rows of this tenant alone.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show old tables beside the new ones: rows and sums. Only reads."""
    from facet.errors import ConfigurationError
    from facet.operational.legacy import compare
    from facet.operational.server import operational_url

    settings = _settings(url)
    legacy_url = legacy or settings.legacy_url
    if legacy_url is None:
        raise ConfigurationError(
            "FACET_LEGACY_URL",
            why="It is not set, so there is no old database to compare with.",
            next_step="Set it, or name the database with --legacy.",
        )
    with operational_url(settings) as database:
        lines = compare(
            legacy_url,
            database,
            mapping=settings.project_dir / "seeds" / "legacy_tables.csv",
            legacy_schema=legacy_schema,
            schema=schema or settings.operational_schema,
            tenant_id=tenant,
        )
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], indent=2, default=str))
    else:
        _print_comparison(lines)


@_commands.command()
def expect(
    check: Annotated[bool, typer.Option("--check", help="Only tell whether it differs.")] = False,
) -> None:
    """Write expected.json, which `check` compares with, from the SQL files."""
    import tempfile
    from pathlib import Path

    from facet.operational.catalogue import EXPECTED, to_json
    from facet.operational.schema import catalogue_of_files
    from facet.operational.server import embedded

    with (
        tempfile.TemporaryDirectory(prefix="facet-", ignore_cleanup_errors=True) as home,
        embedded(Settings(home=Path(home))) as database,
    ):
        text = to_json(catalogue_of_files(database))
    differs = not EXPECTED.exists() or EXPECTED.read_text(encoding="utf-8") != text
    if check and differs:
        typer.echo(f"{EXPECTED.name} differs. Run: facet operational expect", err=True)
        raise typer.Exit(code=1)
    if differs:
        EXPECTED.write_text(text, encoding="utf-8")
    typer.echo(f"{EXPECTED.name} {'written' if differs else 'is current'}.")


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


def _settings(url: str | None) -> Settings:
    settings = Settings.from_environment()
    return settings if url is None else replace(settings, operational_url=url)


def _print(scorecard: Scorecard) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Schema {scorecard.schema} of {scorecard.database}", markup=False)
    table = Table("measure")
    for heading in ("in order", "of", "share"):
        table.add_column(heading, justify="right")
    for measure in scorecard.measures:
        label = measure.name.replace("_", " ")
        share = f"[{'green' if measure.share == 1 else 'red'}]{_percent(measure.share)}[/]"
        table.add_row(label, f"{measure.passed:,}", f"{measure.total:,}", share)
    console.print(table)
    for measure in scorecard.measures:
        for offender in measure.offenders:
            line = f"{measure.name.replace('_', ' ')}: {offender}"
            console.print(line, markup=False)


def _print_comparison(lines: tuple[Line, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("old table", "new table", "figure")
    for heading in ("old", "new", "difference"):
        table.add_column(heading, justify="right")
    for line in lines:
        colour = "green" if line.difference == 0 else "yellow"
        difference = "" if line.difference is None else f"{line.difference:+,}"
        figures = (
            "no table" if value is None else f"{value:,}" for value in (line.legacy, line.new)
        )
        row = (line.legacy_table, line.new_table, line.what, *figures)
        table.add_row(*row, f"[{colour}]{difference}[/]")
    Console(highlight=False).print(table)


def _percent(share: float) -> str:
    """Never 100 % of what is not whole."""
    return f"{int(share * 10_000) / 100:.2f} %"
