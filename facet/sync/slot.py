"""A logical replication slot: the server keeps for it what changed since it was asked last.

Whatever is wrong with it, sync has another way; so nothing here raises what PostgreSQL says.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import psycopg

from facet.errors import FacetError
from facet.operational.connection import Connection, connect
from facet.quoting import literal
from facet.sync.decoding import Decoder, Seen

PLUGIN: Final = "pgoutput"
#: A slot begins once all transactions that are open then have ended; so long that is waited for.
_CREATED_WITHIN: Final = "10s"
#: What a transaction wrote is in the log when others see it, but for ``synchronous_commit = off``.
_FLUSHED_WITHIN: Final = 2.0

_POSITION = "pg_wal_lsn_diff({}, '0/0')::bigint"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """From where on a slot has what a copy lacks.

    All transactions that committed up to ``position`` have numbers below ``usable_from``: a copy
    whose snapshot is of a moment when all those had ended lacks nothing of before.
    """

    slot: str
    position: int
    usable_from: int


class _Unusable(Exception):
    """The slot cannot be used; the message is why."""


class Slot:
    """The slot of a name, and the publication of the same name."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self.name = url, name
        #: Why it cannot be used; empty while it can.
        self.problem = ""
        self._confirmed = 0
        self._mark = Mark(slot=name, position=0, usable_from=0)

    def prepare(self) -> None:
        """Have the slot, and note where the log is, before a snapshot is taken."""
        with self._connection() as connection:
            _require_a_log(connection)
            self._confirmed = self._find(connection) or self._create(connection)
            # Two statements, one after the other: what has committed by then has such a number.
            position = _number(connection, _POSITION.format("pg_current_wal_insert_lsn()"))
            usable_from = _number(
                connection, "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            )
            self._mark = Mark(slot=self.name, position=position, usable_from=usable_from)

    def fresh(self) -> Mark:
        """From where on it has what a copy lacks that is made now."""
        return self._mark

    def covers(self, mark: Mark | None) -> bool:
        """Whether it has all that was committed since a mark."""
        return mark is not None and mark.slot == self.name and self._confirmed <= mark.position

    def read(
        self, *, seen: Seen, position: int, keys: Mapping[int, str], most: int
    ) -> Decoder | None:
        """What changed up to a position of the log; nothing is taken away.

        Args:
            seen: the snapshot whose transactions count.
            position: was reached when it was taken.
            keys: as for ``Decoder``.
            most: None is the answer where there is more, for reading all is quicker then.

        Returns:
            What was read; None if it was not, with ``problem`` as the reason.
        """
        self.problem = ""
        decoder = Decoder(keys=keys, seen=seen)
        with self._connection() as connection:
            _require_flushed(connection, position)
            with connection.cursor("changes", binary=True) as cursor:
                cursor.itersize = 20_000
                cursor.execute(
                    "select data from pg_logical_slot_peek_binary_changes("
                    f"{literal(self.name)}, '0/0'::pg_lsn + {position}, null,"
                    f" 'proto_version', '1', 'publication_names', {literal(self.name)})".encode()
                )
                for number, (data,) in enumerate(cursor):
                    if number > most:
                        raise _Unusable("more rows changed than are read one by one")
                    decoder.feed(data)
        return None if self.problem else decoder

    def advance(self, position: int) -> None:
        """Let the server forget what is before a position. Failing, it does so the next time."""
        if position <= self._confirmed:
            return
        with self._connection() as connection:
            connection.execute(
                f"select pg_replication_slot_advance({literal(self.name)},"
                f" least('0/0'::pg_lsn + {position}, pg_current_wal_flush_lsn()))".encode()
            )

    def _find(self, connection: Connection) -> int:
        """How far the slot was read, as bytes of the log; 0 where there is none, or none any more.

        One that the server has given up is dropped, for nothing can be read from it again.
        """
        rows = connection.execute(
            "select plugin, database, active, wal_status,"
            f" coalesce({_POSITION.format('confirmed_flush_lsn')}, 0)"
            f" from pg_replication_slots where slot_name = {literal(self.name)}".encode()
        ).fetchall()
        if not rows:
            return 0
        ((plugin, database, is_active, status, confirmed),) = rows
        if (plugin, database) != (PLUGIN, connection.info.dbname):
            raise _Unusable(f"the slot {self.name} is not of {PLUGIN} and this database")
        if is_active:
            raise _Unusable(f"somebody else reads the slot {self.name}")
        if status == "lost":
            connection.execute(f"select pg_drop_replication_slot({literal(self.name)})".encode())
            return 0
        return int(confirmed)

    def _create(self, connection: Connection) -> int:
        """Create the slot; return where it begins."""
        (limit,) = connection.execute("show max_slot_wal_keep_size").fetchall()[0]
        if limit == "-1":
            raise _Unusable(
                "max_slot_wal_keep_size is not set: a slot that nobody reads would fill the"
                " server's disk"
            )
        connection.execute(f"set local statement_timeout = {literal(_CREATED_WITHIN)}".encode())
        try:
            return _number(
                connection,
                f"(select {_POSITION.format('lsn')}"
                f" from pg_create_logical_replication_slot({literal(self.name)}, '{PLUGIN}'))",
            )
        except psycopg.errors.QueryCanceled:
            raise _Unusable(
                f"a transaction was open for longer than {_CREATED_WITHIN}, so that no slot could"
                " be created"
            ) from None

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A transaction on the server; what goes wrong in it becomes the problem.

        Nothing is set beyond it: a pool may hand the connection to others.
        """
        try:
            with connect(self._url) as connection:
                connection.execute("set local statement_timeout = 0")
                yield connection
        except _Unusable as error:
            self.problem = str(error)
        except psycopg.Error as error:
            self.problem = error.diag.message_primary or type(error).__name__
        except FacetError as error:
            self.problem = error.why


def _require_a_log(connection: Connection) -> None:
    is_standby, level = connection.execute(
        "select pg_is_in_recovery(), current_setting('wal_level')"
    ).fetchall()[0]
    if is_standby:
        raise _Unusable("the server is a standby")
    if level != "logical":
        raise _Unusable(f"wal_level is {level}, not logical")


def _require_flushed(connection: Connection, position: int) -> None:
    """What others have seen of a transaction may reach the log a moment later.

    A message of no consequence pushes what is before it, where nothing else is written.
    """
    reached = f"(pg_current_wal_flush_lsn() >= '0/0'::pg_lsn + {position})::integer"
    give_up_at = time.monotonic() + _FLUSHED_WITHIN
    for wait in (0.0, 0.2, 0.2):
        time.sleep(wait)
        if _number(connection, reached):
            return
    connection.execute("set local transaction_read_only = off")
    connection.execute("set local synchronous_commit = local")
    connection.execute("select pg_logical_emit_message(true, 'facet', '')")
    connection.commit()
    connection.execute("set local statement_timeout = 0")
    while not _number(connection, reached):
        if time.monotonic() > give_up_at:
            raise _Unusable("the server does not write its log")
        time.sleep(0.05)


def _number(connection: Connection, expression: str) -> int:
    (value,) = connection.execute(f"select {expression}".encode()).fetchall()[0]
    return int(value)
