"""Writing to disk so that it lasts, and saying plainly when there is no room left."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from facet.errors import ReleaseError, is_full


def disk_full(what: str, folder: Path, *, reason: str) -> ReleaseError:
    """The error for a full disk."""
    return ReleaseError(
        what,
        why=f"The disk of {folder} is full ({reason}).",
        next_step="Free some space, or point FACET_HOME at a larger disk, and run it again; "
        "what is served has not changed.",
    )


@contextmanager
def disk_errors(what: str, folder: Path) -> Iterator[None]:
    """Turn the system's and DuckDB's errors into one that names `what` failed, why and what to do.

    Raises:
        ReleaseError: the block failed to read or write.
    """
    try:
        yield
    except (OSError, duckdb.Error) as error:
        reason = str(error).strip().splitlines()[0]
        if is_full(error):
            raise disk_full(what, folder, reason=reason) from error
        raise ReleaseError(
            what,
            why=f"{reason}.".replace("..", "."),
            next_step=f"Check {folder} and its disk, and run it again; "
            "what is served has not changed.",
        ) from error


#: What a disk says that has no second names, or no more of them.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS}


def share(file: Path, name: Path) -> None:
    """Give a file a second name; where the disk has no such thing, copy it."""
    try:
        os.link(file, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(file, name)
        sync(name)


def write_durably(path: Path, text: str) -> None:
    """Put a text in the place of a file, atomically: readers see the old one or the new one."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8")
        sync(draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
