"""Commands of the package ``reporting``."""

from dataclasses import replace
from typing import Annotated

import typer

from facet.config import Settings


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("dashboards")(dashboards)
    audit = typer.Typer(no_args_is_help=True, help="Who looked at what.")
    audit.command("verify")(audit_verify)
    app.add_typer(audit, name="audit")


def dashboards(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; default FACET_PORT or 8501.")
    ] = None,
) -> None:
    """Serve the dashboards on the loopback address until Ctrl-C."""
    from facet.reporting.server import ADDRESS, serve
    from facet.rights.watching import watching

    settings = Settings.from_environment()
    if port is not None:
        settings = replace(settings, port=port)
    typer.echo(f"Dashboards on http://{ADDRESS}:{settings.port} – Ctrl-C stops them.")
    with watching(settings):
        code = serve(settings)
    raise typer.Exit(code)


def audit_verify() -> None:
    """Verify that the audit trail stands as it was written; exits with 1 where it does not."""
    from facet.audit.trail import AuditTrail

    trail = AuditTrail.of(Settings.from_environment())
    broken = trail.first_broken()
    if broken is not None:
        typer.echo(
            f"{trail.path}: event {broken} is not what was written, or one before it is gone."
            " Compare it with a backup of the file.",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(f"{trail.path}: every event is as it was written.")
