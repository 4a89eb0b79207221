"""What the warehouse remembers of its copies is bounded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from facet.quoting import literal
from facet.sync import record
from facet.sync.log import LogState
from facet.sync.slot import Mark
from facet.sync.snapshot import Snapshot
from facet.sync.tables import WAREHOUSE

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


def snapshot(number: int) -> Snapshot:
    return Snapshot(
        at=NOON - timedelta(minutes=number),  # the clock goes back
        server="one",
        database="shop",
        version="18",
        is_standby=False,
        lsn=None,
        position=None,
        oldest=number,
        next=number + 1,
    )


def test_so_many_moments_are_kept_and_the_copy_is_of_the_last(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    for number in range(6):
        with duckdb.connect() as connection:
            connection.execute(f"attach {literal(str(path))} as {WAREHOUSE}")
            record.prepare(connection)
            connection.begin()
            log = LogState(
                mark=Mark(slot="facet", position=number, usable_from=7), identities={"t": "2"}
            )
            record.write(
                connection,
                snapshot(number),
                schema="public",
                identities={"t": "1"},
                log=log,
                found_by="scan",
                kept=3,
            )
            connection.commit()
            kept = connection.execute(
                f"select oldest_transaction from {WAREHOUSE}.facet_sync.snapshots order by 1"
            ).fetchall()
            assert record.latest(connection, "public") == snapshot(number)
            assert record.log_state(connection) == log
    assert kept == [(3,), (4,), (5,)]
