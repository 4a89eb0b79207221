"""Files for other tools: a tenant's path that outlasts releases.

``served/tenant_<n>/warehouse.duckdb`` is a second name of the tenant's file in the release that is
served, in a folder of its own: whoever is let into that reads one tenant. A name is switched at
once; who has the old file open goes on reading it.
"""

import filecmp
import os
import shutil
import stat
from pathlib import Path

from facet.errors import ReleaseError
from facet.release.disk import share, sync
from facet.release.manifest import Release

#: DuckDB calls a database as its file: what metrics compile to speaks of `warehouse`.
_FILE_NAME = "warehouse.duckdb"


def path_of(release: Release, tenant_id: int) -> Path:
    """Where other tools read a tenant, whatever release is served.

    Raises:
        ReleaseError: the release does not have the tenant's file, or it is not there.
    """
    release.file_of(tenant_id)
    path = _folder(release.directory.parent, tenant_id) / _FILE_NAME
    if not path.is_file():
        raise ReleaseError(
            f"There is no {path}",
            why=f"Release {release.id} was restored, or published by an earlier version.",
            next_step="Run `facet run`.",
        )
    return path


def update(release: Release) -> None:
    """Name the files of the release that is served, and take away what is not in it.

    The caller holds the lock.

    Raises:
        ReleaseError: a file could not be given its name.
    """
    releases_dir = release.directory.parent
    there = {entry.tenant_id: entry for entry in release.tenants if entry.status != "missing"}
    folders = {_folder(releases_dir, tenant_id): entry for tenant_id, entry in there.items()}
    try:
        for folder, entry in folders.items():
            folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
            _put(release.directory / entry.file_name, folder / _FILE_NAME)
        for folder in (releases_dir.parent / "served").glob("tenant_*"):
            if folder not in folders:
                shutil.rmtree(folder)
    except OSError as error:
        raise ReleaseError(
            f"Release {release.id} is served, but not to other tools",
            why=f"{error.filename}: {error.strerror or error}.",
            next_step="See to its disk and its owner; the next `facet run` does it.",
        ) from error


def withdraw(releases_dir: Path, tenant_id: int) -> None:
    """Let nobody read a tenant there until the next release."""
    (_folder(releases_dir, tenant_id) / _FILE_NAME).unlink(missing_ok=True)


def _put(file: Path, path: Path) -> None:
    """Switch a path to a file; it is a copy where the disk has no second names."""
    if not path.is_file() or not (path.samefile(file) or filecmp.cmp(path, file, shallow=False)):
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)
        share(file, draft)
        _let_in_whom_the_folder_does(draft, path.parent)
        draft.replace(path)
        sync(path.parent)
    _let_in_whom_the_folder_does(path, path.parent)


def _let_in_whom_the_folder_does(file: Path, folder: Path) -> None:
    """Have the group that may list a tenant's folder read the file in it, and nobody else."""
    of_folder, of_file = folder.stat(), file.stat()
    mode = stat.S_IRUSR | stat.S_IWUSR | (of_folder.st_mode & stat.S_IRGRP)
    if mode & stat.S_IRGRP and of_file.st_gid != of_folder.st_gid:
        os.chown(file, -1, of_folder.st_gid)
    if stat.S_IMODE(of_file.st_mode) != mode:
        file.chmod(mode)


def _folder(releases_dir: Path, tenant_id: int) -> Path:
    return releases_dir.parent / "served" / f"tenant_{tenant_id}"
