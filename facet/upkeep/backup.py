"""Backing up a home: one archive of what cannot be computed anew, complete or not there."""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final

from facet.config import Settings
from facet.errors import BusyError
from facet.lock import exclusive, run_lock
from facet.release.disk import disk_errors, sync
from facet.release.manifest import Release
from facet.release.store import checksum
from facet.upkeep.contents import BackupError, gather

MANIFEST: Final = "manifest.json"
#: The form of archives that this version writes, and the newest that it reads.
FORMAT: Final = 1
_NAME: Final = "facet-*.tar.gz"
_DRAFT: Final = ".backup"
_UNFINISHED: Final = ".new"


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A backup that was written: where it is, how large, and of which release."""

    path: Path
    size_bytes: int
    files: int
    release_id: str | None


def back_up(
    settings: Settings, folder: Path, *, keep: int | None = None, wait_seconds: float = 600
) -> Archive:
    """Write an archive of a home into a folder, as one moment between two runs has it.

    The lock is held only until everything has been gathered; runs go on while it is packed.

    Args:
        settings: the home.
        folder: where to; it must not be in the home.
        keep: remove all but so many of the archives in the folder; by default none.
        wait_seconds: how long to wait for a run to end.

    Raises:
        BusyError: a run has not ended by then, or another backup is being made.
        BackupError: the home has nothing to back up, or a file cannot be read or written.
    """
    folder = folder.absolute()
    _require_home(settings, folder)
    draft = settings.home / _DRAFT
    with _alone(settings), disk_errors("The backup was not made", folder):
        shutil.rmtree(draft, ignore_errors=True)
        try:
            with run_lock(settings, wait_seconds=wait_seconds):
                draft.mkdir()
                release = gather(settings, draft)
            archive = _pack(draft, folder, release)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for old in sorted(folder.glob(_NAME))[: -keep if keep else 0]:
            old.unlink()
    return archive


def _pack(draft: Path, folder: Path, release: Release | None) -> Archive:
    """Pack a folder into an archive, which gets its name when it is complete and on the disk."""
    now = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    _remove_drafts(folder, now - timedelta(days=1))
    paths = {
        path.relative_to(draft).as_posix(): path
        for path in sorted(draft.rglob("*"))
        if path.is_file()
    }
    sums = {name: checksum(path) for name, path in paths.items()}
    _require_whole(release, sums)
    manifest = {
        "format": FORMAT,
        "created_at": now.isoformat(),
        "facet_version": version("facet"),
        "release_id": release.id if release else None,
        "files": {
            name: {"size_bytes": path.stat().st_size, "sha256": sums[name]}
            for name, path in paths.items()
        },
    }
    target = folder / f"facet-{now:%Y%m%dT%H%M%S%f}Z.tar.gz"
    with (
        _complete_or_nothing(target) as file,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar,
    ):
        text = json.dumps(manifest, indent=1).encode()
        tar.addfile(_entry(MANIFEST, len(text), now), io.BytesIO(text))
        for name, path in paths.items():
            with path.open("rb") as content:
                tar.addfile(_entry(name, path.stat().st_size, now), content)
    return Archive(
        path=target,
        size_bytes=target.stat().st_size,
        files=len(paths),
        release_id=release.id if release else None,
    )


def _remove_drafts(folder: Path, until: datetime) -> None:
    """Remove what backups that died left; a younger one may be another home's, being written."""
    for draft in folder.glob(f".{_NAME}{_UNFINISHED}"):
        if draft.stat().st_mtime < until.timestamp():
            draft.unlink(missing_ok=True)


@contextmanager
def _complete_or_nothing(target: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone; it gets its name at the end of the block, or is removed."""
    draft = target.with_name(f".{target.name}{_UNFINISHED}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        sync(draft)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync(target.parent)


def _entry(name: str, size: int, now: datetime) -> tarfile.TarInfo:
    """An entry of an archive; owners are whoever restores it."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(now.timestamp())
    return entry


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with exclusive(
        settings.home / "backup.lock",
        lambda: BusyError(
            f"{settings.home} is being backed up",
            why="Another process holds backup.lock.",
            next_step="Wait until it has ended.",
        ),
    ):
        yield


def _require_home(settings: Settings, folder: Path) -> None:
    if not settings.home.is_dir():
        raise BackupError(
            f"{settings.home} cannot be backed up",
            why="It is not there.",
            next_step="Check FACET_HOME.",
        )
    if folder.resolve().is_relative_to(settings.home):
        raise BackupError(
            f"{folder} is no place for a backup",
            why="It is in FACET_HOME, and goes with it.",
            next_step="Name a folder elsewhere, on another disk where there is one.",
        )


def _require_whole(release: Release | None, sums: Mapping[str, str]) -> None:
    """The release's files are what they were when it was published."""
    for tenant in release.tenants if release else ():
        name = f"releases/{release.directory.name}/{tenant.file_name}" if release else ""
        if tenant.status != "missing" and sums.get(name) != tenant.sha256:
            raise BackupError(
                f"{name} is not backed up",
                why="It is not what it was when it was published.",
                next_step="See `facet release verify`; roll back or run `facet run`, and back up"
                " then.",
            )
