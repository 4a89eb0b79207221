"""Files as they are edited, a batch at a time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

#: An editor writes a file in several steps: they are one edit.
_SECONDS: Final = 0.3
_WATCHED: Final = (".sql", ".yml", ".csv", ".py", ".css", ".js", ".toml")
_EDITS: Final = ("created", "modified", "moved", "deleted")


class _Edits(FileSystemEventHandler):
    def __init__(self) -> None:
        self.there = threading.Event()
        self._paths: set[Path] = set()
        self._lock = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        named = [Path(str(name)) for name in (event.src_path, event.dest_path) if name]
        found = {path.resolve() for path in named if _is_edited(path)}
        if event.event_type in _EDITS and found and not event.is_directory:
            with self._lock:
                self._paths |= found
            self.there.set()

    def take(self) -> frozenset[Path]:
        """The files since the last time."""
        with self._lock:
            self.there.clear()
            paths, self._paths = frozenset(self._paths), set()
        return paths


@contextmanager
def edits(folders: Sequence[Path]) -> Iterator[Callable[[float], frozenset[Path]]]:
    """Watch folders while the block runs.

    Yields:
        A function that waits so many seconds at most for edits, and returns the files of one batch.
    """
    found, observer = _Edits(), Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(found, str(folder), recursive=True)
    observer.start()

    def wait(seconds: float) -> frozenset[Path]:
        if not found.there.wait(seconds):
            return frozenset()
        while found.there.is_set():
            found.there.clear()
            found.there.wait(_SECONDS)
        return found.take()

    try:
        yield wait
    finally:
        observer.stop()
        observer.join()


def _is_edited(path: Path) -> bool:
    """Whether somebody writes such a file, rather than Python or an editor for itself."""
    return (
        path.suffix in _WATCHED
        and not path.name.startswith(".")
        and ("__pycache__" not in path.parts)
    )
