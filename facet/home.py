"""The folder of all state: for its owner alone, since it holds every shop's data."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

#: What the group and others may have of the folder itself: the group may pass through it, which the
#: embedded PostgreSQL needs, run as root (it has a user of its own).
_PASSED_THROUGH = stat.S_IXGRP
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


#: Whose this process's files are; where systems have no such thing, everybody is one.
_own: Final[Callable[[], int]] = getattr(os, "geteuid", lambda: 0)


def create(home: Path) -> None:
    """Create the folder where it is missing, and have it and what is in it be its owner's alone.

    So is every file that this process makes from now on. A folder that is open to others, as older
    versions made it, is mended with everything in it; what has another owner stays as it is.
    """
    os.umask(_OTHERS)
    home.mkdir(parents=True, exist_ok=True)
    mode = home.stat().st_mode
    if mode & _OTHERS & ~_PASSED_THROUGH and home.stat().st_uid == _own():
        close_contents(home)
        close(home)


def close(home: Path) -> None:
    """Close a folder that something has opened; as root, let pass who has root's group."""
    if hasattr(os, "chown") and _own() == 0:
        os.chown(home, -1, os.getegid())
        home.chmod(stat.S_IRWXU | _PASSED_THROUGH)
    else:
        home.chmod(stat.S_IRWXU)


def close_contents(folder: Path) -> None:
    """Close everything in a folder to others; what has another owner stays as it is."""
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if entry.is_symlink() or status.st_uid != _own():
                continue
            if status.st_mode & _OTHERS:
                Path(entry.path).chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)
            if entry.is_dir():
                close_contents(Path(entry.path))
