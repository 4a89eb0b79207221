"""Commands of the package ``dev``: ``facet dev``."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from subprocess import Popen

    from rich.console import Console

    from facet.config import Settings
    from facet.dev.building import Workshop
    from facet.release import Release

#: What dbt makes models of; an edit of the rest has the dashboards start anew.
_OF_DBT: Final = ("models", "macros", "seeds", "snapshots", "facet/release/macros")
_OF_PAGES: Final = ("facet", "dashboards")


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("dev")(dev)


def dev(
    person: Annotated[
        str | None, typer.Option("--as", help="Who is signed in: a name of the demo's staff.")
    ] = None,
    tenant: Annotated[
        int | None, typer.Option(help="A tenant to show; default: that of --as, or all.")
    ] = None,
    downstream: Annotated[
        bool, typer.Option("--downstream", help="Build all that reads what is edited, too.")
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; default FACET_PORT or 8501.")
    ] = None,
) -> None:
    """Show what is edited: build, publish and serve it, beside what is served, until Ctrl-C."""
    from rich.console import Console

    from facet.config import Settings
    from facet.dev.building import Workshop
    from facet.release.store import current
    from facet.reporting.identity.preset import preset

    settings = Settings.from_environment()
    console = Console(highlight=False)
    release = current(settings.releases_dir)
    user = None if person is None else _user(release, person)
    tenant = user[0] if user and tenant is None else tenant
    there = [of.tenant_id for of in release.tenants if of.status != "missing"]
    workshop = Workshop(
        settings,
        release,
        there if tenant is None else [release.tenant(tenant).tenant_id],
        downstream=downstream,
    )
    with console.status("What is not as it was built last"):
        _told(console, workshop.begin())
    preset(workshop.apart.home, user)
    at = replace(workshop.apart, port=port or settings.port, rights_max_age=timedelta(days=3650))
    try:
        _serve(settings, at, workshop, console)
    except KeyboardInterrupt:
        pass
    except RuntimeError as error:  # so DuckDB tells of Ctrl-C while a statement runs
        if "interrupted" not in str(error):
            raise


def _serve(settings: Settings, at: Settings, workshop: Workshop, console: Console) -> None:
    """Serve the dashboards of what was built, and build what is edited, until Ctrl-C."""
    from facet.dev.watching import edits
    from facet.reporting.server import ADDRESS, start, stop, wait_until_ready

    project = settings.project_dir
    folders = [project / name for name in (*_OF_DBT[:-1], *_OF_PAGES)]
    process: Popen[bytes] = start(at)
    try:
        wait_until_ready(at.port, process=process)
        console.print(f"[bold]http://{ADDRESS}:{at.port}[/] – Ctrl-C stops it.")
        with edits(folders) as wait:
            while process.poll() is None:
                paths = wait(1.0)
                of_dbt = {path for path in paths if _is_in(path, project, _OF_DBT)}
                if of_dbt:
                    _rebuild(workshop, of_dbt, console)
                if paths - of_dbt:
                    stop(process)
                    process = start(at)
                    wait_until_ready(at.port, process=process)
                    console.print("Dashboards started anew.")
    finally:
        stop(process)


def _rebuild(workshop: Workshop, paths: Collection[Path], console: Console) -> None:
    """Build what was edited; an error is shown, and what was built before stays."""
    from facet.errors import FacetError

    begun = time.monotonic()
    try:
        with console.status(", ".join(sorted(path.name for path in paths))):
            names = workshop.rebuild(paths)
    except FacetError as error:
        console.print(error.what, style="bold red", markup=False)
        console.print(error.why, f"→ {error.next_step}", sep="\n", markup=False, soft_wrap=True)
    else:
        _told(console, names, f" in {time.monotonic() - begun:.1f} s: load the page again")


def _told(console: Console, names: Collection[str], how: str = "") -> None:
    built = ", ".join(names) if names else "no model"
    console.print(f"Built {built}{how}", markup=False, soft_wrap=True)


def _is_in(path: Path, project: Path, folders: Collection[str]) -> bool:
    return any((project / name) in path.parents for name in folders)


def _user(release: Release, name: str) -> tuple[int, int]:
    """Tenant and user of a name among those whom the demo's sign-in offers.

    Raises:
        ConfigurationError: there is none of that name, or several are.
    """
    from facet.config import Settings
    from facet.errors import ConfigurationError
    from facet.reporting.identity.identity import demo_users
    from facet.rights.document import newest

    rights = newest(release.directory, Settings.from_environment().rights_dir, max_age=_EVER)
    users = demo_users(release, rights)
    found = [of for of in users if name.casefold() in of.full_name.casefold()]
    if len(found) != 1:
        listed = ", ".join(of.full_name for of in found or users) or "nobody, as it is no demo"
        raise ConfigurationError(
            f"--as {name!r}",
            why=f"It may be: {listed}.",
            next_step="Give one of these names.",
        )
    return found[0].tenant_id, found[0].user_id


_EVER: Final = timedelta(days=3650)
