"""``sync``: the copy becomes the operational database as it is now, or stays as it was."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb

from facet.config import Settings
from facet.quoting import literal, quoted
from facet.staging import Table, declared_tables
from facet.staging.declarations import SyncMode
from facet.sync import changes, preflight, record, snapshot
from facet.sync.erased import erased_persons, redact
from facet.sync.failures import translate_errors
from facet.sync.log import Log
from facet.sync.source import Source, open_duckdb
from facet.sync.tables import WAREHOUSE, Copied, TableCopy, Way, shapes


@dataclass(frozen=True, kw_only=True)
class TableSync:
    """One table: its declared mode, the way taken, rows now, rows written or deleted.

    ``found_by`` is how what had changed was found: by scanning the table, or by the log.
    """

    name: str
    mode: SyncMode
    way: Way
    found_by: Literal["scan", "log"]
    rows: int
    changed_rows: int


@dataclass(frozen=True, kw_only=True)
class SyncReport:
    """What the copy shows now.

    ``full_because`` is why all was read, ``scanned_because`` why the log was not read although it
    was asked for; each is empty if it is not so.
    """

    snapshot_at: datetime
    full_because: str
    scanned_because: str
    tables: tuple[TableSync, ...]

    @property
    def way(self) -> str:
        """How what had changed was found, in a few words."""
        if self.full_because:
            return f"everything was read: {self.full_because}"
        if self.scanned_because:
            return f"tables were scanned: {self.scanned_because}"
        by_log = sum(table.found_by == "log" for table in self.tables)
        if not by_log:
            return "tables were scanned"
        return f"the log was read for {by_log} of {len(self.tables)} tables"


def sync(
    settings: Settings,
    url: str,
    *,
    full: bool = False,
    progress: Callable[[TableSync], None] | None = None,
) -> SyncReport:
    """Bring the copy in ``settings.warehouse_path`` to the present state of a database.

    Reads the declared tables and columns in one snapshot and writes them in one transaction.
    Incremental where the last copy is of the same database; the result is the same as with
    ``full``. ``progress`` is told of each table.

    Raises:
        OperationalError: the database cannot be reached or read, or is not as declared.
        WarehouseError: the warehouse cannot be written: a full disk, say.
        BusyError: another process has the warehouse open.
    """
    tables = declared_tables(settings.project_dir)
    connection = open_duckdb(settings)
    source = Source(connection, url)
    try:
        source.attach()
        log = Log(source, url, settings.sync_slot)
        log.prepare()
        with translate_errors(source.name, source=source, path=settings.warehouse_path):
            _, floor = snapshot.log_position(source)
            connection.begin()
            now = snapshot.begin(source)
            found = preflight.inspect(source, settings.operational_schema, tables)
        copy = _Copy(connection, source, settings, tables, found, now, log)
        report = copy.update(full=full, floor=floor, progress=progress)
        copy.commit()
        log.confirm()
        return report
    except BaseException:
        # Before closing, which would end the process if PostgreSQL did not answer to it.
        with suppress(duckdb.Error):
            connection.rollback()
        raise
    finally:
        connection.close()


class _Copy:
    """The open transaction: the source's snapshot on one side, the warehouse on the other."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        settings: Settings,
        tables: tuple[Table, ...],
        found: dict[str, preflight.Found],
        now: snapshot.Snapshot,
        log: Log,
    ) -> None:
        self._connection, self._source, self._log = connection, source, log
        self._tables, self._found, self._now = tables, found, now
        self._schema, self._path = settings.operational_schema, settings.warehouse_path
        self._erased, self._kept = erased_persons(settings), settings.runs_kept
        with self._translate_errors("The warehouse"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"attach {literal(str(self._path))} as {WAREHOUSE}")
            record.prepare(connection)
            self._tells_changes = changes.prepare(connection)
            connection.execute(f"create schema if not exists {WAREHOUSE}.{quoted(self._schema)}")

    def update(
        self,
        *,
        full: bool,
        floor: int | None,
        progress: Callable[[TableSync], None] | None,
    ) -> SyncReport:
        """Update every table, drop what is no longer declared, record the snapshot."""
        before = record.latest(self._connection, self._schema)
        window, full_because = snapshot.window(before, self._now, floor=floor)
        if full:
            window, full_because = None, "it was asked for"
        identities = record.identities(self._connection)
        present = shapes(self._connection, self._schema)
        keys = self._changes_by_the_log(before if window else None)
        done: list[TableSync] = []
        tenants: dict[str, changes.Tenants] = {}
        for table in self._tables:
            with self._translate_errors(f"Table {table.name}"):
                copy = TableCopy(
                    self._connection,
                    self._source,
                    schema=self._schema,
                    table=table,
                    found=self._found[table.name],
                    shape=present.get(table.name),
                )
                is_known = identities.get(table.name) == self._found[table.name].identity
                copied = _bring(copy, window, is_known=is_known, keys=keys.get(table.name))
            done.append(_table_sync(table, copied, by_log=table.name in keys))
            # Of a copy that an older version made, nobody knows what a build has seen.
            tenants[table.name] = copied.tenants if self._tells_changes else copy.tenants()
            if progress:
                progress(done[-1])
        with self._translate_errors("The warehouse"):
            self._drop_undeclared()
            redact(
                self._connection,
                schema=f"{WAREHOUSE}.{quoted(self._schema)}",
                tables=self._tables,
                persons=self._erased,
            )
            record.write(
                self._connection,
                self._now,
                schema=self._schema,
                identities={name: found.identity for name, found in self._found.items()},
                log=self._log.state(),
                found_by="whole" if window is None else "log" if keys else "scan",
                kept=self._kept,
            )
            changes.add(self._connection, tenants, snapshot_at=self._now.at)
        return SyncReport(
            snapshot_at=self._now.at,
            full_because=full_because,
            scanned_because="" if full_because else self._log.unused_because,
            tables=tuple(done),
        )

    def commit(self) -> None:
        """Make it so: until here the file shows the copy before."""
        with self._translate_errors("The warehouse"):
            self._connection.commit()

    def _changes_by_the_log(self, before: snapshot.Snapshot | None) -> Mapping[str, frozenset[int]]:
        with self._translate_errors(self._source.name):
            (rows,) = self._connection.execute(
                "select coalesce(sum(estimated_size), 0)::bigint from duckdb_tables()"
                f" where database_name = {literal(WAREHOUSE)}"
            ).fetchall()[0]
            return self._log.changes(
                record.log_state(self._connection),
                before=before,
                now=self._now,
                found=self._found,
                rows=rows,
            )

    def _translate_errors(self, what: str) -> AbstractContextManager[None]:
        return translate_errors(what, source=self._source, path=self._path)

    def _drop_undeclared(self) -> None:
        declared = {table.name for table in self._tables}
        present = self._connection.execute(
            "select table_name from duckdb_tables()"
            f" where database_name = {literal(WAREHOUSE)}"
            f" and schema_name = {literal(self._schema)}"
        ).fetchall()
        for (name,) in present:
            if name not in declared:
                self._connection.execute(
                    f"drop table {WAREHOUSE}.{quoted(self._schema)}.{quoted(name)}"
                )


def _bring(
    copy: TableCopy,
    window: snapshot.Window | None,
    *,
    is_known: bool,
    keys: frozenset[int] | None,
) -> Copied:
    """Bring a table to the snapshot; one that was replaced since the last is read anew."""
    if window is None:
        return copy.reload(everything=True)
    if not is_known or not copy.is_as_declared():
        return copy.reload()
    return copy.update(window) if keys is None else copy.replace(keys)


def _table_sync(table: Table, copied: Copied, *, by_log: bool) -> TableSync:
    return TableSync(
        name=table.name,
        mode=table.sync,
        way=copied.way,
        found_by="log" if by_log else "scan",
        rows=copied.rows,
        changed_rows=copied.changed_rows,
    )
