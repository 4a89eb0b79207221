"""The moment that a copy shows, and what has changed in PostgreSQL since the one before.

Every row version carries the number of the transaction that wrote it (``xmin``). A row that is new
or changed since an earlier snapshot was written by a transaction that had not ended then, so its
number is at least that snapshot's ``pg_snapshot_xmin``; and it is below ``pg_snapshot_xmax`` of the
present one. Rows that vanished are found by counting. ``updated_at`` is not asked: a row without
its trigger, dated back or committed late would hide.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from facet.operational.connection import NO_TIMEOUTS
from facet.sync.source import Source

#: xmin holds the lower 32 bits of a transaction's number; half of the circle is in the past.
_CIRCLE, _HORIZON = 1 << 32, 1 << 31


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One moment of one operational database.

    Attributes:
        at: PostgreSQL's clock when the snapshot was taken.
        server: which server, timeline and database it is of; the same only for one history.
        lsn: position in the write-ahead log that it covers at least; None where it is not told.
        position: the same as a number of bytes.
        oldest, next: transactions below ``oldest`` had ended, from ``next`` on had not begun.
    """

    at: datetime
    server: str
    database: str
    version: str
    is_standby: bool
    lsn: str | None
    position: int | None
    oldest: int
    next: int


@dataclass(frozen=True, kw_only=True)
class Window:
    """Transaction numbers whose rows may have changed between two snapshots."""

    start: int
    width: int

    def predicate(self) -> str:
        """A PostgreSQL condition on a row of a table: written within the window.

        Transaction numbers have no order in SQL; their four bytes have, and comparing these takes
        a third of the time of a cast through text. Parallel workers may, unlike with `age`.
        """
        first, end = self.start % _CIRCLE, (self.start + self.width) % _CIRCLE
        at_least = f"xidsend(xmin) >= decode('{first:08x}', 'hex')"
        below = f"xidsend(xmin) < decode('{end:08x}', 'hex')"
        return f"({at_least} {'and' if first <= end else 'or'} {below})"


def begin(source: Source) -> Snapshot:
    """Take the snapshot of the transaction that has just begun, and see all rows in it or fail.

    A crash may take back what ``synchronous_commit = off`` had shown, and then hand out the same
    transaction numbers again; statistics start anew then, and tell. The server's identity needs a
    statement of its own, because a role may lack the right to it.
    """
    state = source.rows(
        f"""
        select
            now() as at,
            current_database()::text as database,
            current_setting('server_version') as version,
            pg_is_in_recovery() as is_standby,
            pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
            (select oid::bigint from pg_database where datname = current_database()) as oid,
            pg_postmaster_start_time()::text as started,
            (select stats_reset::text from pg_stat_bgwriter) as recovered,
            has_function_privilege('pg_control_system()', 'execute')
                and has_function_privilege('pg_control_checkpoint()', 'execute') as tells,
            set_config('row_security', 'off', true) as row_security,
            set_config('jit', 'off', true) as jit,
            ({NO_TIMEOUTS}) as timeouts
        """
    )[0]
    system = f"started {state['started']}"
    if state["tells"]:
        control = source.rows(
            "select system_identifier::text as system, timeline_id::text as timeline"
            " from pg_control_system(), pg_control_checkpoint()"
        )[0]
        system = f"{control['system']}/{control['timeline']}"
    role = "standby" if state["is_standby"] else "primary"
    lsn, position = log_position(source)
    return Snapshot(
        at=state["at"].astimezone(UTC),
        server=f"{system}/{state['oid']}/{role}, recovered {state['recovered']}",
        database=state["database"],
        version=state["version"],
        is_standby=state["is_standby"],
        lsn=lsn,
        position=position,
        oldest=state["oldest"],
        next=state["next"],
    )


def window(
    before: Snapshot | None, now: Snapshot, *, floor: int | None
) -> tuple[Window | None, str]:
    """What may have changed since the snapshot before; None, and why, if all must be read.

    ``floor`` is a position that was reached before ``now`` was taken: a second standby may lag
    behind the first.
    """
    if before is None:
        return None, "there is no copy yet"
    if before.server != now.server:
        return None, "the server, its history or the database is not that of last time"
    if floor is None or before.position is None:
        return None, "the server does not tell its position in the log"
    if now.next < before.next or floor < before.position:
        return None, "the server is behind the copy, as after a restore"
    width = now.next - before.oldest
    if width >= _HORIZON:
        return None, "too many transactions have passed since the last time"
    return Window(start=before.oldest, width=width), ""


def log_position(source: Source) -> tuple[str | None, int | None]:
    """Where the server is in its write-ahead log, as text and as a number of bytes."""
    place = (
        "case when pg_is_in_recovery() then pg_last_wal_replay_lsn()"
        " else pg_current_wal_insert_lsn() end"
    )
    row = source.rows(
        f"select lsn::text as lsn, pg_wal_lsn_diff(lsn, '0/0')::bigint as position"
        f" from (select {place} as lsn) as place"
    )[0]
    return row["lsn"], row["position"]
