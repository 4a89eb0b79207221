"""Contents of a backup: what of a home cannot be computed anew."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import duckdb

from facet.config import Settings
from facet.errors import ReleaseError
from facet.quoting import literal, quoted
from facet.release.disk import share
from facet.release.manifest import Release
from facet.release.store import current

#: What is built anew (``dbt``, the copy and the marts in the warehouse), is the operational
#: database itself, or is of a process or of development; of releases only the one that is served is
#: taken, once.
_LEFT_OUT: Final = {
    *("postgres", "dbt", "releases", "served", "dev", "diff"),
    *("warehouse.duckdb.wal", "warehouse.duckdb.tmp", "dev.duckdb", "dev.duckdb.wal"),
}
#: The schemas of the warehouse that nothing else knows: what was, day by day.
_HISTORY: Final = ("facet_history", "facet_source")


class BackupError(ReleaseError):
    """A home cannot be backed up, or not be restored."""

    exit_code = 8


def served(settings: Settings) -> Release | None:
    """The release that is served; None where there is none that can be read."""
    with suppress(ReleaseError):
        return current(settings.releases_dir)
    return None


def gather(settings: Settings, draft: Path) -> Release | None:
    """Put all that goes into a backup into a folder on the same disk. The caller holds the lock.

    A release's files do not change, but are replaced: they get a second name. The others are
    copied, databases by their own means, so that whoever writes them need not stop.

    Returns:
        The release that is among it, if there is one.
    """
    for path in _kept(settings.home):
        target = draft / path.relative_to(settings.home)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".sqlite":
            _copy_sqlite(path, target)
        else:
            shutil.copyfile(path, target)
    if settings.engine == "duckdb" and settings.warehouse_path.exists():
        _copy_history(settings.warehouse_path, draft / settings.warehouse_path.name)
    release = served(settings)
    if release is not None:
        for path in sorted(release.directory.rglob("*")):
            if path.is_file():
                target = draft / path.relative_to(settings.home)
                target.parent.mkdir(parents=True, exist_ok=True)
                share(path, target)
        pointer = settings.releases_dir / "current"
        shutil.copyfile(pointer, draft / pointer.relative_to(settings.home))
    return release


def _kept(folder: Path) -> Iterator[Path]:
    """The files of a home that are taken as they are, whichever part of Facet they are of."""
    for path in sorted(folder.iterdir()):
        name = path.name
        is_of_a_process = name.startswith((".", "run.holder")) or name.endswith(
            ("lock", "-wal", "-shm")
        )
        if is_of_a_process or name in _LEFT_OUT or name == "warehouse.duckdb" or path.is_symlink():
            continue
        if path.is_dir():
            yield from _kept(path)
        elif path.is_file():
            yield path


def _copy_sqlite(path: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("pragma journal_mode = delete")  # one file, without others beside it
    except sqlite3.DatabaseError as error:
        raise BackupError(
            f"{path} is not backed up",
            why=f"It cannot be read: {error}.",
            next_step="Put the one of the last backup in its place, or move it aside.",
        ) from error


def _copy_history(warehouse: Path, target: Path) -> None:
    """A warehouse with nothing but its history: what a run finds there, it goes on from."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute(f"attach {literal(str(target))} as history")
        tables = connection.execute(
            "select schema_name, table_name, sql from duckdb_tables()"
            " where database_name = 'warehouse' and schema_name in ($1, $2)",
            [*_HISTORY],
        ).fetchall()
        connection.execute("use history")
        for schema, table, definition in tables:
            name = f"{quoted(schema)}.{quoted(table)}"
            connection.execute(f"create schema if not exists {quoted(schema)}")
            connection.execute(definition)
            connection.execute(f"insert into history.{name} from warehouse.{name}")
        connection.execute("checkpoint history")
