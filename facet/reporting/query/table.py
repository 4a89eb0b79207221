"""The result of a query: columns and rows, exact and immutable."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Final, Protocol, cast

Cell = Decimal | int | str | bool | date | datetime | None
#: What a database returns that is a cell as it stands.
_CELLS: Final = frozenset({Decimal, int, str, bool, date, type(None)})


#: A row as it is read, by the names of its columns.
Record = Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """Rows under named columns.

    Numbers with decimals are `Decimal`, never `float`; days are `date`, moments aware `datetime`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, columns: Iterable[str], rows: Iterable[Sequence[object]]) -> "Table":
        """A table of what a database returned."""
        return cls(tuple(columns), tuple(map(_exact_row, rows)))

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """All values of one column."""
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> tuple[Record, ...]:
        """The rows by column name; made once, as pages ask for the same again and again."""
        return self._records

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def number(self, name: str, row: int = 0) -> Decimal | None:
        """One number; None where it is null or there is no such row."""
        return as_number(self.column(name)[row]) if row < len(self.rows) else None

    def total(self, name: str) -> Decimal:
        """The exact sum of a column, nulls left out."""
        return sum(map(number_of, self.column(name)), Decimal())


@dataclass(frozen=True)
class Row:
    """A row, read by the names of its columns."""

    record: Mapping[str, Cell]

    def __getitem__(self, name: str) -> Cell:
        return self.record[name]

    def number(self, name: str) -> Decimal:
        """A number; 0 where there is none."""
        return number_of(self[name])


class Fields(Protocol):
    """A row or record, read by the names of its columns."""

    def __getitem__(self, name: str, /) -> Cell:
        """The value of a name."""
        ...


def total(rows: Iterable[Fields], name: str) -> Decimal:
    """The exact sum of a column of rows, nulls left out."""
    return sum((number_of(row[name]) for row in rows), Decimal())


def total_if_known(rows: Iterable[Fields], name: str) -> Decimal | None:
    """The exact sum of a column of rows; None where one of them is not known."""
    return sum_if_known(row[name] for row in rows)


def sum_if_known(cells: Iterable[Cell]) -> Decimal | None:
    """The exact sum of cells; None where one of them is null."""
    numbers = [as_number(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal()) if len(known) == len(numbers) else None


def number_of(cell: Cell) -> Decimal:
    """A cell as a number; 0 where it is null."""
    return as_number(cell) or Decimal()


def as_number(cell: Cell) -> Decimal | None:
    """A cell as a number; None where it is null.

    Raises:
        TypeError: the cell is not a number.
    """
    if cell is None or isinstance(cell, Decimal):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    raise TypeError(f"{cell!r} is not a number")


def in_language(name: str, language: str, there: Container[str]) -> str:
    """The name of a text in a language, such as ``label_vi``; ``label`` where that is not there."""
    translated = f"{name}_{language}"
    return translated if translated in there else name


def _exact_row(row: Sequence[object]) -> tuple[Cell, ...]:
    """The cells of a row; of most rows all are cells already, which is found out at once."""
    if _CELLS.issuperset(map(type, row)):
        return cast(tuple[Cell, ...], tuple(row))
    return tuple(map(_exact, row))


def _exact(value: object) -> Cell:
    """A database value as a cell.

    A float's shortest text that reads back the same is what was meant. Truncated days arrive as
    timestamps without a zone (moments have one).
    """
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.date()
    if value is None or isinstance(value, Decimal | int | str | date):
        return value
    raise TypeError(f"{value!r} has no place in a table")
