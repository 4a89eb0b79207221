"""Commands of the package ``release``: ``facet release list | show | verify | rollback``."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from facet.release.manifest import Release, TenantFile

release_app = typer.Typer(no_args_is_help=True, help="What is served, and what was before.")

ReleaseId = Annotated[str | None, typer.Argument(help="A release's id.")]


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.add_typer(release_app, name="release")


@release_app.command("list")
def list_command() -> None:
    """List the releases that are kept, the newest first."""
    from rich.console import Console
    from rich.table import Column, Table

    from facet.config import Settings
    from facet.release.store import current_id, list_releases, unreadable_releases

    settings = Settings.from_environment()
    console = Console(highlight=False)
    releases, unreadable = list_releases(settings), unreadable_releases(settings)
    if not releases and not unreadable:
        console.print("Nothing has been published yet. → Run `facet run`.")
        return
    served = current_id(settings.releases_dir)
    columns = [
        Column(name, no_wrap=True)  # ids are to be copied into other commands
        for name in ("", "release", "data as of (UTC)", "engine", "fresh", "kept", "missing")
    ]
    table = Table(*columns, box=None, pad_edge=False)
    for release in releases:
        counts = [
            str(sum(tenant.status == status for tenant in release.tenants))
            for status in ("fresh", "kept", "missing")
        ]
        mark = "●" if release.id == served else ""
        as_of = f"{release.snapshot.at.astimezone(UTC):%Y-%m-%d %H:%M}"
        table.add_row(mark, release.id, as_of, release.engine, *counts)
    console.print(table)
    for error in unreadable:
        console.print(f"{error.what}. {error.why}", style="yellow", markup=False)


@release_app.command("show")
def show_command(release_id: ReleaseId = None) -> None:
    """Show a release and its tenants; without an id, the one that is served."""
    from rich.console import Console

    print_release(Console(highlight=False), _release(release_id))


@release_app.command("verify")
def verify_command(release_id: ReleaseId = None) -> None:
    """Compare a release's files with their checksums; without an id, of the one that is served."""
    from rich.console import Console

    from facet.errors import ReleaseError
    from facet.release.store import verify

    release = _release(release_id)
    if problems := verify(release):
        raise ReleaseError(
            f"Release {release.id} is damaged",
            why=f"{'; '.join(problems)}.",
            next_step="Roll back with `facet release rollback`, or publish anew with `facet run`.",
        )
    Console(highlight=False).print(f"Release [bold]{release.id}[/] is as it was published.")


@release_app.command("path")
def path_command(
    tenant: Annotated[int, typer.Option("--tenant", help="The tenant's id.")],
) -> None:
    """Print where other tools read a tenant's file: the path stays, whatever is served."""
    from facet.config import Settings
    from facet.release import for_tools
    from facet.release.store import current

    release = current(Settings.from_environment().releases_dir)
    typer.echo(for_tools.path_of(release, tenant))


@release_app.command("rollback")
def rollback_command(release_id: ReleaseId = None) -> None:
    """Serve an earlier release again; without an id, the one before the one that is served."""
    from rich.console import Console

    from facet.config import Settings
    from facet.release.store import rollback

    release = rollback(Settings.from_environment(), release_id)
    Console(highlight=False).print(f"Release [bold]{release.id}[/] is served now.")


def print_release(console: Console, release: Release) -> None:
    """Print a release, its tenants and its failed tests."""
    from rich.table import Column, Table

    as_of = f"{release.snapshot.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    console.print(f"Release [bold]{release.id}[/] · data as of {as_of} UTC", soft_wrap=True)
    fixed = [
        Column(name, no_wrap=True, justify="right" if name in ("id", "rows", "size") else "left")
        for name in ("id", "state", "data as of (UTC)", "rows", "size")
    ]
    table = Table(*fixed, "tenant", box=None, pad_edge=False)
    for tenant in release.tenants:
        table.add_row(*_cells(tenant))
    console.print(table)
    for tenant in release.tenants:
        if tenant.reasons:
            why = f"{tenant.tenant_id} is {tenant.status}: {', '.join(tenant.reasons)}"
            console.print(why, style="yellow", markup=False, soft_wrap=True)
    audit = release.audit
    console.print(
        f"{release.engine}, from {release.snapshot.source} · tests: {audit.passed} passed, "
        f"{len(audit.warned)} warned, {len(audit.failed)} failed",
        markup=False,
        soft_wrap=True,
    )
    for mart, count in release.rows_without_tenant.items():
        console.print(f"[yellow]{mart}: {count} rows of no known tenant, in nobody's file[/]")


def _cells(tenant: TenantFile) -> tuple[str, ...]:
    from rich.markup import escape

    colour = {"fresh": "green", "kept": "yellow", "missing": "red"}[tenant.status]
    at = tenant.snapshot_at
    return (
        str(tenant.tenant_id),
        f"[{colour}]{tenant.status}[/]",
        "" if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M}",
        f"{sum(tenant.rows.values()):,}",
        f"{tenant.size_bytes / 1_000_000:.1f} MB",
        escape(tenant.tenant_name),
    )


def _release(release_id: str | None) -> Release:
    from facet.config import Settings
    from facet.release.store import current, find

    releases_dir = Settings.from_environment().releases_dir
    return current(releases_dir) if release_id is None else find(releases_dir, release_id)
