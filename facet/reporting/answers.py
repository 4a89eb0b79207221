"""Answers that were given, kept for everybody who may see the same."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from facet.reporting.table import Table

#: Some 200 MB of words and numbers.
CELLS_KEPT: Final = 2_000_000


class Answers:
    """Tables by what they answer, bounded by their cells. Safe for threads."""

    def __init__(self, *, cells_kept: int = CELLS_KEPT) -> None:
        self._tables: OrderedDict[Hashable, Table] = OrderedDict()
        self._cells, self._cells_kept = 0, cells_kept
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Table | None:
        """An answer that is kept, or None."""
        with self._lock:
            table = self._tables.get(key)
            if table is not None:
                self._tables.move_to_end(key)
            return table

    def put(self, key: Hashable, table: Table) -> None:
        """Keep an answer; forget those not used for longest."""
        with self._lock:
            before = self._tables.pop(key, None)
            self._tables[key] = table
            self._cells += _size(table) - (_size(before) if before else 0)
            while self._cells > self._cells_kept:
                self._cells -= _size(self._tables.popitem(last=False)[1])


def _size(table: Table) -> int:
    """Cells of a table; one without any takes a place too."""
    return len(table.columns) * (len(table) + 1)
