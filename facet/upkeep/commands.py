"""Commands of the package ``upkeep``: ``facet backup``, ``facet restore``, ``facet upgrade``."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this package's commands to the command line."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)
    app.command("upgrade")(upgrade_command)


def backup_command(
    folder: Annotated[Path, typer.Argument(help="Where the archive goes; not in FACET_HOME.")],
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many archives there; by default all.")
    ] = None,
    wait: Annotated[int, typer.Option(min=0, help="Seconds to wait for a run to end.")] = 600,
) -> None:
    """Write one archive of all that cannot be computed anew."""
    from facet.config import Settings
    from facet.upkeep.backup import back_up

    archive = back_up(Settings.from_environment(), folder, keep=keep, wait_seconds=wait)
    served = f"with release {archive.release_id}" if archive.release_id else "without a release"
    size = archive.size_bytes / 1_000_000
    typer.echo(f"{archive.path}: {archive.files} files, {size:,.1f} MB, {served}.")


def restore_command(
    archive: Annotated[Path, typer.Argument(help="What `facet backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what is in FACET_HOME aside.")
    ] = False,
) -> None:
    """Restore a home from an archive, verified before anything changes."""
    from facet.config import Settings
    from facet.upkeep.restore import restore

    done = restore(Settings.from_environment(), archive, replace=replace)
    typer.echo(f"Restored {done.files} files of {done.created_at:%Y-%m-%d %H:%M} UTC.")
    if done.release_id is not None:
        typer.echo(f"Release {done.release_id} is served now.")
    if done.moved_to is not None:
        typer.echo(f"What was there is in {done.moved_to}: remove it when you do not need it.")
    typer.echo("→ Run `facet run`: it copies the operational database anew.")


def upgrade_command() -> None:
    """Bring a home that an older version made to this one's form; again, it does nothing."""
    from facet.config import Settings
    from facet.lock import run_lock
    from facet.upkeep.upgrade import VERSION, require_known, upgrade

    settings = Settings.from_environment()
    require_known(settings)
    with run_lock(settings):
        done = upgrade(settings)
    for what in done:
        typer.echo(f"Done: {what}.")
    typer.echo(f"{settings.home} has version {VERSION}{'' if done else '; nothing was to do'}.")
