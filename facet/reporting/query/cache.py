"""A cache that forgets what was not used for longest."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class LruCache(Generic[V]):
    """Values by key, bounded. Safe for threads.

    Args:
        limit: of the sizes of all values; the least recently used make room.
        size: of a value; without it each counts as one.
    """

    def __init__(self, limit: int, *, size: Callable[[V], int] = lambda _: 1) -> None:
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._limit, self._size, self._total = limit, size, 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> V | None:
        """The value of a key, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value; forget the least recently used."""
        with self._lock:
            if key in self._values:
                self._total -= self._size(self._values.pop(key))
            self._values[key] = value
            self._total += self._size(value)
            while self._total > self._limit:
                self._total -= self._size(self._values.popitem(last=False)[1])

    def made(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key; one that is not there is made, and kept, None too.

        Two that want it at the same time may both make it: nobody waits for somebody else's.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        self.put(key, value)
        return value

    def clear(self) -> list[V]:
        """Forget everything; returns what was kept."""
        with self._lock:
            values = list(self._values.values())
            self._values.clear()
            self._total = 0
            return values
