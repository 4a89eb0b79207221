"""Turns: few pages are made at the same time, and the others wait for theirs.

Python runs one thread at a time, and passes on every few milliseconds. Ten pages that are made at
once are then ten times as late each; one after another, the first of them is there at once.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_TURNS: Final = threading.Semaphore(2)
#: Nobody waits longer: what keeps a turn so long does not work, it waits for something itself.
_SECONDS: Final = 1.0
_mine: Final = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """A turn of the thread's own while the block runs."""
    _take()
    try:
        yield
    finally:
        _give_back()


@contextmanager
def others_turn() -> Iterator[None]:
    """Give the thread's turn away while the block runs, which waits for a database."""
    had = _give_back()
    try:
        yield
    finally:
        if had:
            _take()


def _take() -> None:
    _mine.turn = _TURNS.acquire(timeout=_SECONDS)


def _give_back() -> bool:
    """Whether the thread had a turn, which is the others' now."""
    had = getattr(_mine, "turn", False)
    _mine.turn = False
    if had:
        _TURNS.release()
    return had
