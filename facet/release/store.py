"""The folder of releases: which is served, which there are, switching and going back.

``releases/<id>/`` are releases, ``releases/current`` names the one that is served, and
``releases/.building-<id>/`` is one that is being written, or was when its process died.
"""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from facet.config import Settings
from facet.errors import ReleaseError
from facet.lock import run_lock
from facet.release.disk import disk_errors, sync, write_durably
from facet.release.manifest import Release, TenantFile, read

BUILDING = ".building-"


def current(releases_dir: Path) -> Release:
    """The release that is served.

    Raises:
        ReleaseError: nothing has been published, or the release is not there any more.
    """
    release_id = current_id(releases_dir)
    if release_id is None:
        raise ReleaseError(
            f"No release in {releases_dir}",
            why="Nothing has been published yet.",
            next_step="Run `facet run`.",
        )
    return read(releases_dir / release_id)


def current_id(releases_dir: Path) -> str | None:
    """The id of the release that is served; None when nothing has been published."""
    try:
        return (releases_dir / "current").read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def find(releases_dir: Path, release_id: str) -> Release:
    """The release of an id.

    Raises:
        ReleaseError: there is none, or it cannot be read.
    """
    directories = {path.name: path for path in _directories(releases_dir)}
    if release_id not in directories:
        raise ReleaseError(
            f"No release {release_id}",
            why=f"There are: {', '.join(directories) or 'none'}.",
            next_step="Choose one of `facet release list`.",
        )
    return read(directories[release_id])


def served_entry(releases_dir: Path, tenant_id: int) -> tuple[TenantFile, Release] | None:
    """A tenant's entry in the release that is served, and that; None where it has no file."""
    if current_id(releases_dir) is None:
        return None
    release = current(releases_dir)
    for tenant in release.tenants:
        if tenant.tenant_id == tenant_id and tenant.status != "missing":
            return tenant, release
    return None


def list_releases(settings: Settings) -> tuple[Release, ...]:
    """Every release there is, the newest first."""
    return tuple(read(directory) for directory in reversed(_directories(settings.releases_dir)))


def rollback(settings: Settings, release_id: str | None = None) -> Release:
    """Serve an earlier release again; without an id, the one before the current one.

    Raises:
        BusyError: a run is under way.
        ReleaseError: there is no such release, or its files are not what they were.
    """
    with run_lock(settings):
        releases = settings.releases_dir
        target = _before_current(releases) if release_id is None else find(releases, release_id)
        if problems := verify(target):
            raise ReleaseError(
                f"Release {target.id} is damaged",
                why=f"{'; '.join(problems)}.",
                next_step="Choose another of `facet release list`, or publish with `facet run`.",
            )
        with disk_errors(f"Release {target.id} was not switched to", releases):
            switch(target)
    return target


def verify(release: Release) -> tuple[str, ...]:
    """What is wrong with a release's files, measured by their checksums; empty when nothing is."""
    problems = []
    for tenant in release.tenants:
        if tenant.status == "missing":
            continue
        path = release.directory / tenant.file_name
        if not path.is_file():
            problems.append(f"{tenant.file_name} is not there")
        elif checksum(path) != tenant.sha256:
            problems.append(f"{tenant.file_name} has changed since it was published")
    return tuple(problems)


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def switch(release: Release) -> None:
    """Make a release the one that is served, atomically. The caller holds the lock."""
    write_durably(release.directory.parent / "current", f"{release.id}\n")


def adopt(building: Path, release_id: str) -> Path:
    """Give a finished folder the name of its release; return where it is."""
    directory = building.with_name(release_id)
    building.rename(directory)
    sync(directory.parent)
    return directory


def remove_leftovers(releases_dir: Path) -> None:
    """Remove what runs that died left half written. The caller holds the lock."""
    for directory in releases_dir.glob(f"{BUILDING}*"):
        shutil.rmtree(directory)


def prune(settings: Settings) -> None:
    """Remove all but the newest releases, never the current one. The caller holds the lock."""
    served = current_id(settings.releases_dir)
    for directory in _directories(settings.releases_dir)[: -settings.releases_kept]:
        if directory.name != served:
            with suppress(OSError):  # the release is out; what stays, the next run removes
                shutil.rmtree(directory.rename(directory.with_name(BUILDING + directory.name)))


def _directories(releases_dir: Path) -> list[Path]:
    return sorted(path.parent for path in releases_dir.glob("[!.]*/release.json"))


def _before_current(releases_dir: Path) -> Release:
    served = current(releases_dir).id
    earlier = [path for path in _directories(releases_dir) if path.name < served]
    if not earlier:
        raise ReleaseError(
            f"No release before {served}",
            why="It is the oldest that is kept.",
            next_step="Choose one of `facet release list`.",
        )
    return read(earlier[-1])
