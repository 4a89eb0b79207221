"""Rows that a table tells together in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from facet.reporting.query.table import Fields, total, total_if_known


@dataclass(frozen=True, kw_only=True)
class Group:
    """Products, or their stones, that are alike."""

    label: str
    rows: Sequence[Fields]

    def sum(self, name: str) -> Decimal:
        """The sum of a column."""
        return total(self.rows, name)

    def sum_if_known(self, name: str) -> Decimal | None:
        """The sum of a column; None where one of it is not known."""
        return total_if_known(self.rows, name)


def sum_of(name: str, group: Group) -> Decimal | None:
    """The sum of a column of a group, for a column of the table; None where none of it is known."""
    is_unknown = bool(group.rows) and all(row[name] is None for row in group.rows)
    return None if is_unknown else group.sum(name)
