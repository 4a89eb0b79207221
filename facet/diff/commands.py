"""Commands of the package ``diff``: ``facet diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from facet.config import Settings


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("diff")(diff)


def diff(
    build: Annotated[
        Path | None,
        typer.Option(help="A DuckDB file with marts; default: the warehouse of FACET_HOME."),
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="A release's id; default: the one that is served.")
    ] = None,
    tenant: Annotated[int | None, typer.Option(help="One tenant's id; default: all.")] = None,
    file_format: Annotated[Literal["markdown", "json"], typer.Option("--format")] = "markdown",
) -> None:
    """Compare a build's marts and metrics with what is served, by tenant, for a pull request."""
    from rich.console import Console
    from rich.text import Text

    from facet.config import Settings
    from facet.diff.comparing import compare_build
    from facet.diff.markdown import markdown
    from facet.pipeline.development import parsed
    from facet.release.store import current, find

    settings = Settings.from_environment()
    releases = settings.releases_dir
    release = current(releases) if against is None else find(releases, against)
    with Console(stderr=True, highlight=False).status("parse") as status:
        report = compare_build(
            settings,
            parsed(settings),
            release,
            build or _build(settings),
            tenant_id=tenant,
            progress=lambda step: status.update(Text(step)),
        )
    if file_format == "json":
        typer.echo(json.dumps(report.to_dict(), indent=2, ensure_ascii=False))
    else:
        typer.echo(markdown(report), nl=False)


def _build(settings: Settings) -> Path:
    """The warehouse, where marts are built in DuckDB.

    Raises:
        ConfigurationError: they are built in PostgreSQL.
    """
    from facet.errors import ConfigurationError

    if settings.engine == "duckdb":
        return settings.warehouse_path
    raise ConfigurationError(
        "There is no build to compare",
        why="FACET_ENGINE is postgres, and what is compared are DuckDB files.",
        next_step="Build with FACET_ENGINE=duckdb, or name a file with --build.",
    )
