"""A document: whose numbers it holds, of what, and its parts with exact numbers."""

from dataclasses import dataclass

from facet.reporting.present.charts.style import Series
from facet.reporting.present.export import Heading
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Compared
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of the period beside its comparison; `better` is 1, or -1, or 0 for neither.

    What is `written` stands in place of the number: it is no metric, and has a note at most.
    """

    label: str
    kind: Kind = "count"
    now: Cell = None
    before: Cell = None
    change: str | None = None
    better: int = 0
    written: str | None = None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A metric over time: to draw, and as rows of days, weeks or months."""

    title: str
    kind: Kind
    series: Series
    before: Series | None
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list. `kinds` are those of rows' cells where these differ; `total` is no row of it.

    Where the first rows are `written` as a page writes them, a PDF has them so; a `picture` is a
    chart in words, and in no workbook.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kinds: tuple[Kind, ...] = ()
    total: tuple[Cell, ...] | None = None
    written: tuple[tuple[str, ...], ...] | None = None
    written_total: tuple[str, ...] = ()
    is_picture: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a document; without a title it goes on with the one before."""

    title: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    trend: Trend | None = None
    listing: Listing | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """What somebody is given of a page or a report; without a period it is as of its data."""

    view: TenantView
    title: str
    parts: tuple[Part, ...] = ()
    has_period: bool = True

    @property
    def about(self) -> dict[str, str]:
        """Title, shop and period, as texts name them."""
        formats, view = self.view.formats, self.view
        days = formats.period(view.period) if self.has_period else formats.day(view.tenant.today)
        return {"title": self.title, "shop": view.tenant.name, "period": days}

    @property
    def as_of(self) -> str:
        """What moment its data are of."""
        tenant = self.view.tenant
        moment = self.view.formats.moment(tenant.as_of_local)
        return self.view.text("document.as_of", moment=moment, timezone=tenant.calendar.timezone)

    @property
    def compared(self) -> str:
        """What its days are compared with."""
        if not self.has_period:
            return ""
        comparison = self.view.comparison
        if not isinstance(comparison, Compared):
            return self.view.text("document.not_compared")
        period = self.view.formats.period(comparison.period)
        return self.view.text("document.compared", period=period)

    @property
    def narrowed(self) -> dict[str, str]:
        """The channels, categories and buyers that it is of, by what they are called."""
        view, chosen = self.view, self.view.filters.chosen if self.has_period else {}
        return {
            view.text(f"filter.{name}"): ", ".join(view.choice_label(name, key) for key in keys)
            for name, keys in chosen.items()
        }
