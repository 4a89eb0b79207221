"""The lock of a home: one run, sync or roll-back at a time.

The operating system holds it for the process (``flock``), so a process that dies lets go of it and
a stale file blocks nobody. Who holds it stands beside it, for the message that the others get.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from facet.config import Settings
from facet.errors import BusyError, not_written


@contextmanager
def run_lock(settings: Settings, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock of `settings.home` while the block runs; wait so long for it.

    Raises:
        BusyError: somebody else holds it; the error names the process and since when.
        ConfigurationError: the home cannot be created.
        WarehouseError: its disk is full, or it is somebody else's.
    """
    settings.create_home()
    holder = settings.lock_path.with_suffix(".holder.json")

    def busy() -> BusyError:
        return BusyError(
            f"{settings.home} is in use",
            why=f"{_describe(holder)} holds {settings.lock_path.name}.",
            next_step="Wait until it has ended, or end it, and try again.",
        )

    with exclusive(settings.lock_path, busy, wait_seconds=wait_seconds):
        try:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            with suppress(OSError):  # for a message alone; a full disk is told by who needs it
                holder.write_text(json.dumps({"pid": os.getpid(), "since": now}))
            yield
        finally:
            holder.unlink(missing_ok=True)


@contextmanager
def exclusive(
    path: Path, busy: Callable[[], BusyError], *, wait_seconds: float = 0
) -> Iterator[None]:
    """Hold the lock of a file while the block runs; wait so long for it.

    Raises:
        BusyError: somebody else holds it; ``busy`` says so when it is asked.
        WarehouseError: the disk is full, or the folder is somebody else's.
    """
    lock = FileLock(path, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise busy() from None
    except OSError as error:
        raise not_written(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _describe(holder: Path) -> str:
    try:
        who = json.loads(holder.read_text())
        return f"Process {who['pid']}, since {who['since']},"
    except (OSError, ValueError, KeyError):  # it is just starting, or just ending
        return "Another process"
