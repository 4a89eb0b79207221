"""Reads what PostgreSQL's plugin pgoutput says of changed rows: of which relation, and their keys.

The messages are those of the manual's "Logical Replication Message Formats", protocol version 1.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_CIRCLE: Final = 1 << 32


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a snapshot shows: transactions below ``oldest`` that ended, and of those up to ``next``
    all but the ``running``.
    """

    oldest: int
    next: int
    running: frozenset[int]

    @classmethod
    def parse(cls, text: str) -> "Seen":
        """A snapshot as ``pg_current_snapshot()`` writes it: ``795:799:795,797``."""
        oldest, upto, running = text.split(":")
        return cls(
            oldest=int(oldest),
            next=int(upto),
            running=frozenset(int(number) for number in running.split(",") if number),
        )

    def shows(self, number: int) -> bool:
        """Whether it shows what a committed transaction did, given 32 bits of its number."""
        distance = (number - self.next) % _CIRCLE
        whole = self.next + distance - (_CIRCLE if distance >= _CIRCLE // 2 else 0)
        return whole < self.next and whole not in self.running


@dataclass(kw_only=True)
class Decoder:
    """Gathers keys of changed rows, of transactions that a snapshot shows.

    Attributes:
        keys: the column that names a row of a relation, a whole number, by the relation's oid.
        seen: the snapshot. What it does not show is left for another time.
        touched: for each relation the keys of rows that were inserted, updated or deleted; None
            where they are not known, as after ``truncate``.
        position: up to here, as bytes of the log, all transactions are shown; 0 where none was.
        is_complete: whether nothing was left for another time.
    """

    keys: Mapping[int, str]
    seen: Seen
    touched: dict[int, set[int] | None] = field(default_factory=dict)
    position: int = 0
    is_complete: bool = True
    _places: dict[int, int | None] = field(default_factory=dict)
    _is_shown: bool = False

    def feed(self, data: bytes) -> None:
        """Take one message."""
        kind = data[:1]
        if kind == b"B":
            (transaction,) = struct.unpack_from("!I", data, 17)
            self._is_shown = self.seen.shows(transaction)
            self.is_complete = self.is_complete and self._is_shown
        elif kind == b"C":
            if self.is_complete:
                (self.position,) = struct.unpack_from("!Q", data, 10)
        elif kind == b"R":
            self._learn(data)
        elif not self._is_shown:
            return
        elif kind in (b"I", b"U", b"D"):
            self._change(data)
        elif kind == b"T":
            (count,) = struct.unpack_from("!I", data, 1)
            for relation in struct.unpack_from(f"!{count}I", data, 6):
                self.touched[relation] = None

    def _learn(self, data: bytes) -> None:
        """Where in a relation's rows the key is, from now on."""
        (relation,) = struct.unpack_from("!I", data, 1)
        offset = data.index(b"\0", data.index(b"\0", 5) + 1) + 2  # schema, name, replica identity
        (count,) = struct.unpack_from("!H", data, offset)
        offset += 2
        self._places[relation] = None
        for place in range(count):
            end = data.index(b"\0", offset + 1)
            if data[offset + 1 : end].decode() == self.keys.get(relation):
                self._places[relation] = place
            offset = end + 9  # type and modifier

    def _change(self, data: bytes) -> None:
        """Note the keys of a row as it was and is."""
        (relation,) = struct.unpack_from("!I", data, 1)
        known = self.touched.setdefault(relation, set())
        place = self._places.get(relation)
        if known is None or place is None:
            self.touched[relation] = None
            return
        offset = 5
        while offset < len(data):  # the old row, or its key, before the new one
            key, offset = _value(data, offset + 1, place)
            if key is None:
                self.touched[relation] = None
                return
            known.add(int(key))


def _value(data: bytes, offset: int, place: int) -> tuple[bytes | None, int]:
    """The value at a place of the row that begins at an offset, and where the row ends."""
    (count,) = struct.unpack_from("!H", data, offset)
    offset += 2
    found = None
    for number in range(count):
        kind = data[offset : offset + 1]
        offset += 1
        if kind in (b"n", b"u"):  # null, or too long and unchanged
            continue
        (length,) = struct.unpack_from("!I", data, offset)
        offset += 4
        if number == place:
            found = data[offset : offset + length]
        offset += length
    return found, offset
