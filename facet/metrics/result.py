"""The result of a question: exact cells, as records, a data frame, Arrow, or a file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal, Self, get_args

from facet.reporting.present.dimension_texts import dimension_label
from facet.reporting.present.export import to_csv
from facet.reporting.present.period_text import period_text
from facet.reporting.present.question import Answer, Question, before_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Reason
from facet.reporting.query.metric import Kind
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Table

if TYPE_CHECKING:
    import pandas
    import pyarrow

FileFormat = Literal["csv", "json", "arrow", "parquet"]
FORMATS: Final[tuple[FileFormat, ...]] = get_args(FileFormat)
#: Numbers without a value have a type, too.
_DIGITS: Final = 38


@dataclass(frozen=True, kw_only=True)
class ResultColumn:
    """A column of a result; of a dimension `kind` is None."""

    name: str
    label: str
    kind: Kind | None


@dataclass(frozen=True, kw_only=True)
class Result:
    """Rows of a question, with what they are of.

    Money is `Decimal`, in the currency named; days are `date`, those of weeks and months their
    first.
    """

    columns: tuple[ResultColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    currency: str
    #: The days in words, and those that they are compared with, or why there are none.
    days: str
    period: Period | None
    compared: Period | None
    #: Why it is compared with nothing, though that was asked for.
    not_compared: Reason | None
    #: Whether there are more rows than were asked for.
    is_cut: bool
    #: The moment of the data, on the tenant's clocks.
    as_of: str
    #: What was kept that nothing has at any time, in words: the name may be misspelt.
    slips: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, view: TenantView, question: Question, answer: Answer, *, slips: tuple[str, ...] = ()
    ) -> Self:
        """The result of an answer, with labels in the view's language."""
        labels = [dimension_label(view, name) for name in question.by]
        columns = [
            ResultColumn(name=name, label=label, kind=None)
            for name, label in zip(question.by, labels, strict=True)
        ]
        now = [(name, view.label(name), view.kind(name)) for name in question.metrics]
        columns += [ResultColumn(name=name, label=label, kind=kind) for name, label, kind in now]
        if answer.compared is not None:
            word = view.text(f"comparison.{view.filters.comparison}")
            columns += [
                ResultColumn(name=before_of(name), label=f"{label} ({word})", kind=kind)
                for name, label, kind in now
            ]
        return cls(
            columns=tuple(columns),
            rows=answer.table.rows,
            currency=view.tenant.currency,
            days="" if answer.period is None else period_text(view),
            period=answer.period,
            compared=answer.compared,
            not_compared=answer.reason,
            is_cut=answer.is_cut,
            as_of=view.tenant.as_of_local.isoformat(timespec="seconds"),
            slips=slips,
        )

    @cached_property
    def table(self) -> Table:
        """The rows under the names of their columns."""
        return Table(tuple(column.name for column in self.columns), self.rows)

    def records(self) -> tuple[dict[str, Cell], ...]:
        """The rows as dictionaries by column name."""
        return tuple(map(dict, self.table.records()))

    def to_pandas(self) -> "pandas.DataFrame":
        """A data frame; numbers stay `Decimal`, as objects."""
        import pandas as pd

        return pd.DataFrame(list(map(list, self.rows)), columns=self.table.columns, dtype=object)

    def to_arrow(self) -> "pyarrow.Table":
        """An Arrow table: numbers with decimals are decimal128, counts int64."""
        import pyarrow as pa

        arrays = [
            _array(column, [row[n] for row in self.rows]) for n, column in enumerate(self.columns)
        ]
        return pa.table(arrays, names=list(self.table.columns))

    def to_json(self) -> str:
        """JSON with exact numbers: decimals are texts, for no reader of JSON keeps their digits."""
        content = {
            "as_of": self.as_of,
            "currency": self.currency,
            "days": self.days,
            "period": _days(self.period),
            "compared": _days(self.compared),
            "not_compared": self.not_compared,
            "is_cut": self.is_cut,
            "slips": list(self.slips),
            "columns": [
                {"name": column.name, "label": column.label, "kind": column.kind}
                for column in self.columns
            ],
            "rows": [list(map(_plain, row)) for row in self.rows],
        }
        return json.dumps(content, ensure_ascii=False)

    def to_bytes(self, file_format: FileFormat) -> bytes:
        """The result as a file."""
        match file_format:
            case "csv":
                return to_csv(self.table.columns, self.rows)
            case "json":
                return self.to_json().encode()
            case "arrow":
                return _arrow_stream(self.to_arrow())
            case "parquet":
                return _parquet(self.to_arrow())


def _array(column: ResultColumn, cells: Sequence[Cell]) -> Any:
    import pyarrow as pa

    known = {type(cell) for cell in cells if cell is not None}
    if not known:
        return pa.array(cells, pa.string() if column.kind is None else pa.decimal128(_DIGITS, 2))
    if Decimal not in known:
        return pa.array(cells)
    numbers = [Decimal(cell) if isinstance(cell, int) else cell for cell in cells]
    exponents = [-int(n.as_tuple().exponent) for n in numbers if isinstance(n, Decimal)]
    return pa.array(numbers, pa.decimal128(_DIGITS, max(2, *exponents)))


def _arrow_stream(table: "pyarrow.Table") -> bytes:
    import pyarrow as pa

    sink = BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _parquet(table: "pyarrow.Table") -> bytes:
    from pyarrow import parquet

    sink = BytesIO()
    parquet.write_table(table, sink)
    return sink.getvalue()


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def _days(period: Period | None) -> list[str] | None:
    return None if period is None else [period.start.isoformat(), period.end.isoformat()]
