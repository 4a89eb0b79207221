"""Columns: what each shows of a row, how it is written out, sorted and summed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any, Final, Literal, cast, get_args

from facet.reporting.present.export import Heading
from facet.reporting.present.formats import DASH
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.session.view import View

ColumnKind = Kind | Literal["text", "day", "month", "moment", "line", "times", "share"]
#: The name of a field of a row, its place, or what makes a cell of the row.
Value = str | int | Callable[[Any], Any]

NUMBERS: Final = (*get_args(Kind), "times", "share")
#: Shares have as many digits as the metrics that are ratios.
_SHARE: Final = Decimal("0.00000001")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its heading, what it shows of a row, and how that is written.

    `line` draws numbers as a small chart; words in place of a `day` are sorted behind all days; the
    cell of a `month` is its first day; a `moment` is told on the clock that it carries; `times` is
    how many times as much; a `share` is a rate of which only nothing is 0% and only all is 100%.

    Args:
        label: the heading.
        value: what it shows of a row.
        kind: of its cells.
        kind_of: of a row's cell, where rows differ.
        help: what the heading does not say.
        is_summed: its sum is told under the list.
        needs_all: the sum is unknown where one of it is.
        total: what is told there instead, of all rows.
        is_short: large numbers are cut down.
        colours: of words.
        width: in pixels.
    """

    label: str
    value: Value = field(repr=False)
    kind: ColumnKind = "text"
    kind_of: Callable[[Any], Kind] | None = field(default=None, repr=False)
    help: str | None = None
    is_summed: bool = False
    needs_all: bool = False
    total: Callable[[Sequence[Any]], Cell] | None = field(default=None, repr=False)
    is_short: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    width: int | None = None

    def cell(self, row: Any) -> Any:
        """The value of a row."""
        return self.value(row) if callable(self.value) else row[self.value]

    @property
    def heading(self) -> Heading:
        """Its heading in an export."""
        return Heading(label=self.label, kind="rate" if self.kind == "share" else self.kind)

    def exported(self, cell: Any) -> Cell:
        """A cell in an export: exact, and a share as a metric would be."""
        if self.kind != "share" or cell is None:
            return cast(Cell, cell)
        return cast(Decimal, cell).quantize(_SHARE, rounding=ROUND_HALF_UP)

    def order(self, cell: Any) -> Any:
        """The sort key of a cell in a browser: Streamlit takes exact numbers for whole ones there.

        Days and moments are numbers of them, as the text of a day does not sort.
        """
        match self.kind, cell:
            case "line", _:
                return [float(value or 0) for value in cell or ()]
            case "text", _:
                return "" if cell is None else str(cell)
            case _, None:
                return None
            case "day", str():
                return float(date.max.toordinal())
            case "day" | "month", _:
                return float(cell.toordinal())
            case "moment", _:
                return cell.timestamp()
            case _:
                value = as_number(cell)
                return None if value is None else float(value)

    def text(self, view: View, cell: Any, kind: str | None = None) -> str:
        """A cell as people read it; `kind` is that of its row where rows differ."""
        match kind or self.kind, cell:
            case "line", _:
                return ""
            case "text", _:
                return "" if cell is None else str(cell)
            case _, None:
                return DASH
            case "day", str():
                return str(cell)
            case "day", _:
                return view.formats.day_or_dash(cell)
            case "month", _:
                return view.formats.month(cell)
            case "moment", _:
                return view.formats.moment(cell)
            case "share", _:
                return view.formats.share(cell)
            case "times", _:
                return view.text("table.times", count=view.formats.exact(cell, "decimal"))
        number = view.formats.short if self.is_short else view.formats.exact
        return number(cell, cast(Kind, kind or self.kind))

    def writer(self, view: View, cells: Sequence[Any], kind: str) -> Callable[[Any], str]:
        """How cells of one kind below one another are written: in one manner where short."""
        if self.is_short and kind in get_args(Kind):
            return view.formats.short_column(cells, cast(Kind, kind))
        return partial(self.text, view, kind=kind)


def column(view: View, text: str, value: Value, kind: ColumnKind = "text", **given: Any) -> Column:
    """A column under a heading of the texts, such as ``drill.number``."""
    return Column(label=view.text(text), value=value, kind=kind, **given)


def summed(view: View, text: str, value: Value, kind: ColumnKind = "money", **given: Any) -> Column:
    """A column of numbers whose sum is shown under the list."""
    return column(view, text, value, kind, is_summed=True, **given)


def metric_columns(view: View, names: Sequence[str]) -> list[Column]:
    """A column for each metric of a query, under its own name."""
    return [Column(label=view.label(name), value=name, kind=view.kind(name)) for name in names]


def or_dash(name: str) -> Callable[[Any], Any]:
    """Tells a field of a row, a dash where it is nothing."""
    return lambda row: row[name] or DASH


def moment_of(view: View, name: str) -> Callable[[Any], datetime | None]:
    """Tells a moment of a row, on the tenant's clocks."""

    def on_its_clocks(row: Any) -> datetime | None:
        return None if row[name] is None else view.tenant.calendar.local(row[name])

    return on_its_clocks


def share_of(numerator: Cell, denominator: Cell) -> Decimal | None:
    """A part of a whole; None of nothing or less."""
    number, total = as_number(numerator), as_number(denominator)
    return None if number is None or total is None or total <= 0 else number / total
