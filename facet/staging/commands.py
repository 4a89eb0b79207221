"""Commands of the package ``staging``."""

from pathlib import Path
from typing import Annotated

import typer

staging = typer.Typer(no_args_is_help=True, help="Render staging models from the sources' YAML.")

Project = Annotated[
    Path | None, typer.Option(help="The dbt project; by default the checkout of this package.")
]


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(staging, name="staging")


@staging.command("render")
def render_command(project_dir: Project = None) -> None:
    """Write every staging model that differs from its source's declaration."""
    from facet.config import PROJECT_DIR
    from facet.staging import write

    root = (project_dir or PROJECT_DIR).resolve()
    drifts = write(root)
    for drift in drifts:
        verb = "removed" if drift.kind == "left over" else "wrote"
        typer.echo(f"{verb:8}{drift.path.relative_to(root)}")
    typer.echo(f"{len(drifts)} files changed.")


@staging.command("check")
def check_command(project_dir: Project = None) -> None:
    """Fail, naming the files, where staging is not what the sources' YAML renders to."""
    from facet.config import PROJECT_DIR
    from facet.staging import check

    root = (project_dir or PROJECT_DIR).resolve()
    drifts = check(root)
    for drift in drifts:
        typer.echo(f"{drift.kind:10}{drift.path.relative_to(root)}")
    if drifts:
        typer.echo("Staging differs from its sources. Run: facet staging render", err=True)
        raise typer.Exit(code=1)
    typer.echo("Staging is what its sources declare.")
