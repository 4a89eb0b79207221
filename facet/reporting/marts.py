"""Marts as they stand, for what no metric can say: rows by the mart's name and its columns.

Names are looked up in the catalogue of the principal's own file before they become part of a
statement; values go beside it as parameters.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA
from facet.reporting.catalogue import unknown
from facet.reporting.gateway import Gateway
from facet.reporting.identity import Principal
from facet.reporting.table import Cell, Table
from facet.reporting.tenant_file import DATABASE


class MartReader:
    """Reads a principal's rows of the marts of one release."""

    def __init__(self, gateway: Gateway, principal: Principal, release: Release) -> None:
        self._gateway = gateway
        self._principal = principal
        self._release = release

    def has(self, mart: str) -> bool:
        """Whether the release has a mart; one that was made before the mart was does not."""
        return mart in self._columns

    def rows(
        self,
        mart: str,
        columns: Sequence[str],
        *,
        where: Mapping[str, Sequence[Cell]] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Rows of a mart.

        Args:
            mart: its name, such as ``rpt_migration_tables``.
            columns: the columns to read.
            where: for a column, the values to keep; none listed keeps nothing.
            order_by: columns of the mart; ``-`` before a name for descending. Nulls come last.
            limit: at most so many rows.

        Raises:
            UnknownNameError: the release has no such mart, or the mart no such column.
        """
        keeps = {**(where or {}), "tenant_id": [self._principal.tenant_id]}
        order = [(name.removeprefix("-"), name.startswith("-")) for name in order_by]
        self._require(mart, [*columns, *keeps, *(name for name, _ in order)])
        parameters: dict[str, Cell] = {}
        conditions = []
        for name, values in keeps.items():
            keys = [f"value_{len(parameters) + offset}" for offset in range(len(values))]
            parameters.update(zip(keys, values, strict=True))
            placeholders = ", ".join(f"${key}" for key in keys)
            conditions.append(f"{_quoted(name)} in ({placeholders})" if keys else "false")
        statement = [
            f"select {', '.join(map(_quoted, columns))}",
            f"from {DATABASE}.{MARTS_SCHEMA}.{_quoted(mart)}",
            f"where {' and '.join(conditions)}",
        ]
        if order:
            ends = [f"{_quoted(name)}{' desc' if down else ''} nulls last" for name, down in order]
            statement.append(f"order by {', '.join(ends)}")
        if limit is not None:
            statement.append(f"limit {int(limit)}")
        return self._gateway.query(self._principal, self._release, "\n".join(statement), parameters)

    def _require(self, mart: str, columns: Collection[str]) -> None:
        if mart not in self._columns:
            raise unknown("mart", mart, self._columns)
        for name in columns:
            if name not in self._columns[mart]:
                raise unknown(f"column of {mart}", name, self._columns[mart])

    @cached_property
    def _columns(self) -> Mapping[str, frozenset[str]]:
        """The columns of each mart of the principal's file."""
        found = self._gateway.query(
            self._principal,
            self._release,
            """
            select table_name, column_name
            from information_schema.columns
            where table_catalog = $database and table_schema = $schema
            """,
            {"database": DATABASE, "schema": MARTS_SCHEMA},
        )
        marts: dict[str, set[str]] = {}
        for mart, column in found.rows:
            marts.setdefault(str(mart), set()).add(str(column))
        return {mart: frozenset(columns) for mart, columns in marts.items()}


def _quoted(name: str) -> str:
    """A name that has been found in the catalogue, as part of a statement."""
    return '"' + name.replace('"', '""') + '"'
