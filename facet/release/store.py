"""The folder of releases: which is served, which there are, switching and going back.

``releases/<id>/`` are releases, ``releases/current`` names the one that is served, and
``releases/.building-<id>/`` is one that is being written, or was when its process died.
Each says which number it has in the order in which they were published, and which was served until
then: the clock, and so the ids, may contradict that.
"""

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from facet.config import Settings
from facet.errors import ReleaseError
from facet.lock import run_lock
from facet.release import for_tools
from facet.release.disk import disk_errors, sync, write_durably
from facet.release.manifest import Release, TenantFile, read

BUILDING = ".building-"

#: Of a tenant and what its file holds, the files that hold it, each with its entry.
FilesByDigest = Mapping[tuple[int, str], Sequence[tuple[Path, TenantFile]]]


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
    directories = {path.name: path for path in directories_of(releases_dir)}
    if release_id not in directories:
        raise ReleaseError(
            f"No release {release_id}",
            why=f"There are: {', '.join(directories) or 'none'}.",
            next_step="Choose one of `facet release list`.",
        )
    return read(directories[release_id])


def served_entry(releases_dir: Path, tenant_id: int) -> tuple[TenantFile, Release] | None:
    """A tenant's entry with a file, and the release that has it; None where there is none.

    It is the one that is served. Where that cannot be read, or the file is gone, it is the newest
    one that has a file of the tenant's.
    """
    served = current_id(releases_dir)
    if served is None:
        return None
    with suppress(ReleaseError):
        if _entry(read(releases_dir / served), tenant_id) is None:
            return None
    names = [directory.name for directory in directories_of(releases_dir)]
    for name in (served, *reversed(names)):
        with suppress(ReleaseError):
            release = read(releases_dir / name)
            entry = _entry(release, tenant_id)
            if entry is not None and _is_whole(release, tenant_id):
                return entry, release
    return None


def files_by_digest(releases_dir: Path) -> FilesByDigest:
    """Every file of a release that can be read, those of the newest first."""
    found = defaultdict(list)
    for directory in reversed(directories_of(releases_dir)):
        with suppress(ReleaseError):
            for entry in read(directory).tenants:
                if entry.digest and entry.status != "missing":
                    path = directory / entry.file_name
                    found[entry.tenant_id, entry.digest].append((path, entry))
    return found


def is_as_published(path: Path, entry: TenantFile) -> bool:
    """Whether a file is what its entry says, to the byte."""
    return path.is_file() and checksum(path) == entry.sha256


def _entry(release: Release, tenant_id: int) -> TenantFile | None:
    """A tenant's entry in a release, if it has a file there."""
    entries = (entry for entry in release.tenants if entry.status != "missing")
    return next((entry for entry in entries if entry.tenant_id == tenant_id), None)


def _is_whole(release: Release, tenant_id: int) -> bool:
    """Whether the tenant's file is there, and the manifest that goes with it."""
    return (
        release.file_of(tenant_id).is_file() and release.semantic_manifest_of(tenant_id).is_file()
    )


def list_releases(settings: Settings) -> tuple[Release, ...]:
    """Every release that can be read, the one that was published last first."""
    return tuple(one for one in _read_all(settings) if isinstance(one, Release))


def unreadable_releases(settings: Settings) -> tuple[ReleaseError, ...]:
    """What is wrong with each release that cannot be read, as one of another version may be."""
    return tuple(one for one in _read_all(settings) if isinstance(one, ReleaseError))


def _read_all(settings: Settings) -> Iterator[Release | ReleaseError]:
    for directory in reversed(directories_of(settings.releases_dir)):
        try:
            yield read(directory)
        except ReleaseError as error:
            yield error


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
        for_tools.update(target)
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


def next_number(releases_dir: Path) -> int:
    """The number of a release that is to be published after all those that there are."""
    return 1 + max(map(_number, directories_of(releases_dir)), default=0)


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
    for directory in directories_of(settings.releases_dir)[: -settings.releases_kept]:
        if directory.name != served:
            with suppress(OSError):  # the release is out; what stays, the next run removes
                shutil.rmtree(directory.rename(directory.with_name(BUILDING + directory.name)))


def directories_of(releases_dir: Path) -> list[Path]:
    """The folders of all releases, readable or not, in the order in which they were published."""
    there = [path.parent for path in releases_dir.glob("[!.]*/release.json")]
    return sorted(there, key=lambda directory: (_number(directory), directory.name))


def _number(directory: Path) -> int:
    """A release's place in the order; of an older version's it is the first ones', by id."""
    try:
        return int(json.loads((directory / "release.json").read_text(encoding="utf-8"))["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _before_current(releases_dir: Path) -> Release:
    """What was served until the current release was published, or else what is next in order."""
    served = current_id(releases_dir)
    if served is None:
        return current(releases_dir)  # which says so
    directories = directories_of(releases_dir)
    names = [path.name for path in directories]
    earlier = directories[: names.index(served)] if served in names else directories
    with suppress(ReleaseError):
        follows = read(releases_dir / served).follows
        earlier.sort(key=lambda directory: directory.name == follows)
    for directory in reversed(earlier):
        with suppress(ReleaseError):
            return read(directory)
    raise ReleaseError(
        f"No release before {served}",
        why="It is the oldest that is kept and can be read.",
        next_step="Choose one of `facet release list`.",
    )
