"""Restoring a home from an archive: verified first, then put in place, what is served last."""

import hashlib
import json
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from facet.config import Settings
from facet.lock import run_lock
from facet.release.disk import disk_errors, sync
from facet.release.store import current, verify
from facet.upkeep.backup import FORMAT, MANIFEST
from facet.upkeep.contents import BackupError

_DRAFT: Final = ".restoring"
#: What may be in a home that is empty: its locks, and the embedded database, which stays.
_OF_NO_ACCOUNT: Final = {"run.lock", "run.holder.json", "backup.lock", "postgres", _DRAFT}


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored: of when, which release is served, and where what was there has gone."""

    created_at: datetime
    release_id: str | None
    files: int
    moved_to: Path | None


def restore(settings: Settings, archive: Path, *, replace: bool = False) -> Restored:
    """Restore a home from an archive; until all of it is verified nothing of the home changes.

    Args:
        settings: the home; it may be missing.
        archive: what `back_up` wrote.
        replace: move what is in the home aside, rather than refuse.

    Raises:
        BusyError: a run is under way in the home.
        BackupError: the home is in use, or the archive is not what was written.
    """
    with run_lock(settings), disk_errors("Nothing was restored", settings.home):
        there = [path for path in settings.home.iterdir() if path.name not in _OF_NO_ACCOUNT]
        if there and not replace:
            raise BackupError(
                f"{settings.home} is not empty",
                why=f"It has {', '.join(sorted(path.name for path in there)[:4])} …",
                next_step="Point FACET_HOME at an empty folder, or move what is there aside with"
                " `--replace`.",
            )
        draft = settings.home / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        try:
            manifest = _unpack(archive, draft)
            if manifest["release_id"] is not None:
                _require_release(archive, draft)
            moved_to = _switch(settings.home, there, draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Restored(
        created_at=datetime.fromisoformat(manifest["created_at"]),
        release_id=manifest["release_id"],
        files=len(manifest["files"]),
        moved_to=moved_to,
    )


def _unpack(archive: Path, draft: Path) -> dict[str, Any]:
    """Unpack an archive, and hold every file against the manifest, which comes first."""
    found: set[str] = set()
    try:
        with tarfile.open(archive, "r:gz") as tar:
            entries = iter(tar)
            manifest = _manifest(archive, tar, next(entries, None))
            for entry in entries:
                content = tar.extractfile(entry)
                said = manifest["files"].get(entry.name)
                if content is None or said is None or not _is_inside(entry.name):
                    raise _damaged(archive, f"{entry.name} does not belong there")
                _write(archive, content, draft / entry.name, said)
                found.add(entry.name)
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise _damaged(archive, f"it cannot be read: {error}") from error
    if missing := manifest["files"].keys() - found:
        raise _damaged(archive, f"{min(missing)} is missing")
    return manifest


def _manifest(archive: Path, tar: tarfile.TarFile, entry: tarfile.TarInfo | None) -> dict[str, Any]:
    content = tar.extractfile(entry) if entry is not None and entry.name == MANIFEST else None
    if content is None:
        raise _damaged(archive, f"it does not begin with {MANIFEST}, as backups of Facet do")
    manifest: dict[str, Any] = json.load(content)
    if manifest["format"] > FORMAT:
        raise BackupError(
            str(archive),
            why=f"A newer version of Facet wrote it ({manifest['facet_version']}).",
            next_step="Restore it with that version.",
        )
    return manifest


def _write(archive: Path, content: IO[bytes], path: Path, said: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != said["sha256"]:
            raise _damaged(archive, f"{path.name} is not what was backed up")
    sync(path)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _require_release(archive: Path, draft: Path) -> None:
    """The release that is to be served can be, as its own checksums say."""
    if problems := verify(current(draft / "releases")):
        raise _damaged(archive, "; ".join(problems))


def _switch(home: Path, there: list[Path], draft: Path) -> Path | None:
    """Put what was restored in the place of what is there; what is served changes last, at once."""
    aside = home / f".before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z" if there else None
    if aside is not None:
        aside.mkdir()

    def is_served(path: Path) -> bool:
        return path.name == "releases"

    for path in sorted(there, key=is_served):
        if aside is not None:
            path.rename(aside / path.name)
    for path in sorted(draft.iterdir(), key=is_served):
        path.rename(home / path.name)
    sync(home)
    return aside


def _damaged(archive: Path, reason: str) -> BackupError:
    return BackupError(
        f"{archive} cannot be restored",
        why=f"{reason}.",
        next_step="Use another backup; the home has not changed.",
    )
