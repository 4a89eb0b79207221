"""The one way to data: a verified principal, and their tenant's file alone."""

import threading
from collections.abc import Mapping
from typing import Final, NamedTuple

import duckdb

from facet.errors import FacetError
from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA
from facet.reporting.identity.identity import Principal
from facet.reporting.query.cache import LruCache
from facet.reporting.query.table import Cell, Table
from facet.reporting.query.tenant_file import DATABASE, open_tenant_file, unreadable
from facet.reporting.query.turn import others_turn

_CONNECTIONS_CACHE_SIZE: Final = 32
#: No query of a page takes a tenth of it.
_SECONDS: Final = 30.0
#: Of results: some 200 MB of words and numbers.
_CELLS_CACHE_SIZE: Final = 2_000_000


class CacheKey(NamedTuple):
    """The part of a cached result's key besides the query."""

    tenant_id: int
    scope: str
    release_id: str


def cache_key(principal: Principal, release: Release) -> CacheKey:
    """The part of every cache's key that keeps tenants, scopes and releases apart.

    A release is its id and the sum of the tenant's file: from which a person may be erased later.
    """
    sum_of_file = release.tenant(principal.tenant_id).sha256
    return CacheKey(principal.tenant_id, principal.scope, f"{release.id}:{sum_of_file}")


class Gateway:
    """Runs statements for principals; keeps open files and results, both bounded. Thread-safe.

    A released file never changes, and its digest is in the key of whatever is kept: the same
    statement with the same values, queried by somebody who sees the same, has the same result.
    """

    def __init__(
        self,
        *,
        connections_kept: int = _CONNECTIONS_CACHE_SIZE,
        seconds: float = _SECONDS,
        cells_kept: int = _CELLS_CACHE_SIZE,
    ) -> None:
        self._seconds = seconds
        self._answers = LruCache[Table](cells_kept, size=cells)
        self._connections = LruCache[duckdb.DuckDBPyConnection](connections_kept)
        self._opening = threading.Lock()

    def query(
        self,
        principal: Principal,
        release: Release,
        statement: str,
        parameters: Mapping[str, Cell] | None = None,
    ) -> Table:
        """Run one select on the principal's tenant file.

        Args:
            principal: whose query it is; decides the file.
            release: the release to read.
            statement: a single select on relations of ``warehouse``; values as ``$name``.
            parameters: the values.

        Raises:
            PermissionError: the statement is not a single select.
            ReleaseError: the release does not have the tenant's file, or it is damaged.
            FacetError: the statement takes too long.
        """
        key = cache_key(principal, release), statement, tuple((parameters or {}).items())
        return self._answers.made(
            key, lambda: self._run(principal, release, statement, parameters or {})
        )

    def forget(self) -> None:
        """Drop all cached results."""
        self._answers.clear()

    def close(self) -> None:
        """Close every file."""
        for connection in self._connections.clear():
            connection.close()

    def _run(
        self,
        principal: Principal,
        release: Release,
        statement: str,
        parameters: Mapping[str, Cell],
    ) -> Table:
        _require_select(statement)
        with others_turn(), self._cursor(principal, release) as cursor:
            limit = threading.Timer(self._seconds, cursor.interrupt)
            limit.daemon = True
            limit.start()
            try:
                rows = cursor.execute(statement, dict(parameters)).fetchall()
            except duckdb.InterruptException as error:
                raise FacetError(
                    "The question takes too long",
                    why=f"It was stopped after {self._seconds:g} seconds.",
                    next_step="Choose fewer days, and tell whoever runs Facet.",
                ) from error
            except duckdb.IOException as error:
                raise unreadable(release.file_of(principal.tenant_id), error) from error
            finally:
                limit.cancel()
            return Table.of([column[0] for column in cursor.description or ()], rows)

    def _cursor(self, principal: Principal, release: Release) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for the calling thread; it keeps its file open until it is closed."""
        key = cache_key(principal, release)
        with self._opening:
            connection = self._connections.get(key)
            if connection is None:
                file = release.file_of(principal.tenant_id)
                connection = open_tenant_file(file, principal.sight)
                # what makes room is not closed: that would end the cursors of others too
                self._connections.put(key, connection)
            cursor = connection.cursor()
        cursor.execute(f"use {DATABASE}.{MARTS_SCHEMA}")  # where the file's functions are
        return cursor


def cells(table: Table) -> int:
    """The cells of a table; one without any takes a place too."""
    return len(table.columns) * (len(table) + 1)


def _require_select(statement: str) -> None:
    try:
        kinds = [parsed.type for parsed in duckdb.extract_statements(statement)]
    except duckdb.ParserException as error:
        raise PermissionError(f"Not a statement that can be read: {error}") from error
    if kinds != [duckdb.StatementType.SELECT]:
        raise PermissionError("The gateway runs a single select and nothing else.")
