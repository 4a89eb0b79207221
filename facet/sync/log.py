"""What changed by the server's own log, read through a replication slot: tables, and keys of rows.

Nothing is believed that the log might not tell: a table is left to the scan if it is not published
as a whole, or was not all the time since the copy was made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from facet.sync import published, snapshot
from facet.sync.decoding import Decoder, Seen
from facet.sync.preflight import Found
from facet.sync.published import Published
from facet.sync.slot import Mark, Slot
from facet.sync.source import Source

#: So many messages are read in any case, and one for each so many rows of the copy; beyond that,
#: scanning is quicker.
_MESSAGES, _ROWS_A_MESSAGE = 100_000, 4


@dataclass(frozen=True, kw_only=True)
class LogState:
    """What a copy has to know to be brought up to date by the log.

    ``identities`` are those of ``Published`` when it was made.
    """

    mark: Mark | None = None
    identities: Mapping[str, str]


class Log:
    """The log for one sync. ``unused_because`` is why nothing is read from it; empty if it is."""

    def __init__(self, source: Source, url: str, name: str) -> None:
        """``name`` is that of the slot and of the publication; empty if there is none."""
        self._source, self._name = source, name
        self._slot = Slot(url, name)
        self._published = Published(identities={}, relations={})
        self._mark: Mark | None = None
        self._reached = 0
        self.unused_because = ""

    def prepare(self) -> None:
        """Have the slot, before the snapshot is taken."""
        if self._name:
            self._slot.prepare()
            self.unused_because = self._slot.problem

    def changes(
        self,
        state: LogState,
        *,
        before: snapshot.Snapshot | None,
        now: snapshot.Snapshot,
        found: Mapping[str, Found],
        rows: int,
    ) -> Mapping[str, frozenset[int]]:
        """Keys of the rows that changed, for each table of which they are known.

        Tables in which nothing changed are there without keys; what is not there is to be scanned.

        Args:
            state: the copy's.
            before: the copy's snapshot; None where all is read anew.
            now: the present snapshot.
            found: the tables.
            rows: how many the copy has.
        """
        if not self._name or self.unused_because:
            return {}
        major = int(re.split(r"\D", now.version)[0])
        self._published = published.published(self._source, self._name, found, major=major)
        self._mark, self._reached = self._slot.fresh(), self._slot.fresh().position
        if before is None:
            self.unused_because = "everything is read"
        elif not self._published.identities:
            self.unused_because = (
                f"no table is published as a whole by the publication {self._name}"
            )
        elif not self._slot.covers(state.mark):
            self.unused_because = "the slot does not reach back to the copy: it is new, or was read"
        elif state.mark is None or before.oldest < state.mark.usable_from:
            self._mark, self._reached = state.mark, 0
            self.unused_because = "a transaction was open when the slot began, and since"
        else:
            return self._decoded(state, now, found, rows)
        return {}

    def state(self) -> LogState:
        """What the copy has to know the next time."""
        return LogState(mark=self._mark, identities=self._published.identities)

    def confirm(self) -> None:
        """Let the server forget what the copy has, now that this is written."""
        if self._mark is not None:
            self._slot.advance(self._reached)

    def _decoded(
        self,
        state: LogState,
        now: snapshot.Snapshot,
        found: Mapping[str, Found],
        rows: int,
    ) -> Mapping[str, frozenset[int]]:
        keys = {
            oid: key
            for oid, table in self._published.relations.items()
            if (key := published.whole_key(found[table]))
        }
        seen = Seen.parse(
            self._source.rows("select pg_current_snapshot()::text as seen")[0]["seen"]
        )
        assert state.mark is not None
        assert now.position is not None
        decoder = self._slot.read(
            seen=seen,
            position=now.position,
            keys=keys,
            most=_MESSAGES + rows // _ROWS_A_MESSAGE,
        )
        if decoder is None:
            self.unused_because = self._slot.problem
            return {}
        self._reached = now.position if decoder.is_complete else decoder.position
        self._mark = Mark(
            slot=state.mark.slot,
            position=max(state.mark.position, self._reached),
            usable_from=state.mark.usable_from,
        )
        return self._by_table(decoder, state)

    def _by_table(self, decoder: Decoder, state: LogState) -> Mapping[str, frozenset[int]]:
        """Keys by table, of those that were published without a break."""
        known: dict[str, set[int]] = {
            table: set()
            for table, identity in self._published.identities.items()
            if state.identities.get(table) == identity
        }
        for relation, keys in decoder.touched.items():
            table = self._published.relations.get(relation, "")
            if keys is None:
                known.pop(table, None)
            elif table in known:
                known[table] |= keys
        return {table: frozenset(keys) for table, keys in known.items()}
