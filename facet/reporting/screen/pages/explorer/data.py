"""What the explorer offers to ask, and the series of an answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from facet.reporting.present.charts.style import Point, Series
from facet.reporting.present.dimension_texts import dimension_label, value_text
from facet.reporting.present.question import PAIRED, Answer, Question, values_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.dimensions import TIME
from facet.reporting.query.periods import Grain, bucket_period, buckets
from facet.reporting.query.table import Cell, number_of

#: What somebody who has not asked yet sees, the first of these that they may see.
_OPENERS: Final = ("net_sales", "credited_net_sales", "promoted_sales", "alerts_raised")
_LONGER: Final = tuple(
    f"{TIME}__{grain}" for grain in ("quarter", "year", "fiscal_quarter", "fiscal_year")
)
#: Values that are offered to keep, and lines that are drawn over time.
MOST_VALUES: Final = 500
_LINES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The values of a dimension by key, and whether there are more."""

    values: Mapping[str, str]
    has_more: bool


def metrics_offered(view: TenantView) -> Mapping[str, str]:
    """The metrics that may be asked for, by name, in the order of what they are called."""
    labels = {metric.name: metric.label(view.language) for metric in view.metrics.values()}
    return _told_apart(labels, lambda name: name)


def first_metric(offered: Iterable[str]) -> tuple[str, ...]:
    """The metric that is shown to who has not asked yet."""
    known = list(offered)
    return tuple(name for name in (*_OPENERS, *known) if name in known)[:1]


def dimensions_offered(view: TenantView, metrics: Iterable[str]) -> Mapping[str, str]:
    """What all of these metrics can be grouped by: times first, then dimensions by their labels."""
    times = {name: dimension_label(view, name) for name in (*PAIRED, *_LONGER)}
    return {**times, **values_offered(view, metrics)}


def values_offered(view: TenantView, metrics: Iterable[str]) -> Mapping[str, str]:
    """The dimensions of these metrics that have values to read: no ids, no moments."""
    catalogue = view.reader.catalogue
    known = [
        catalogue.dimensions[name]
        for name in catalogue.shared_dimensions(metrics)
        if name in catalogue.dimensions
    ]
    shown = {d.name: d.label(view.language) for d in known if not d.is_time and not d.is_id}
    return _told_apart(shown, lambda name: name.partition("__")[0].replace("_", " "))


def values_of_dimension(view: TenantView, metric: str, dimension: str) -> Offered:
    """The values that a metric has of a dimension, by key, in words."""
    table = values_of(view, metric, dimension, limit=MOST_VALUES + 1)
    values = {
        "" if row[0] is None else _key(row[0]): value_text(view, dimension, row[0])
        for row in table.rows[:MOST_VALUES]
    }
    return Offered(values=values, has_more=len(table) > MOST_VALUES)


def at_grain(view: TenantView, grain: Grain) -> TenantView:
    """The view of all parts of the shop, by days, weeks or months."""
    return view.showing(replace(view.filters.everything(), grain=grain))


def lines_of(view: TenantView, question: Question, answer: Answer, grain: Grain) -> list[Series]:
    """The first metric over time, a series for each of its largest values of one dimension."""
    metric = question.metrics[0]
    time, other = (0, 1) if question.by[0] in PAIRED else (1, 0)
    found: dict[Cell, dict[date, Cell]] = {}
    for row in answer.table.rows:
        if isinstance(day := row[time], date):
            found.setdefault(row[other], {})[day] = row[2]
    largest = sorted(found, key=lambda value: -sum(map(number_of, found[value].values())))
    days = buckets(view.period, grain, view.tenant.calendar)
    return [
        Series(
            name=value_text(view, question.by[other], value),
            points=tuple(_point(view, metric, grain, day, found[value].get(day)) for day in days),
        )
        for value in largest[:_LINES]
    ]


def _told_apart(labels: Mapping[str, str], more: Callable[[str], str]) -> Mapping[str, str]:
    """Labels by name in their order; those that several have say more."""
    counts = Counter(labels.values())
    told = {
        name: f"{label} ({more(name)})" if counts[label] > 1 else label
        for name, label in labels.items()
    }
    return dict(sorted(told.items(), key=lambda item: item[1].casefold()))


def _point(view: TenantView, metric: str, grain: Grain, day: date, cell: Cell) -> Point:
    number = 0 if cell is None and view.metric(metric).is_amount else cell
    return Point(
        label=view.formats.period(bucket_period(day, grain, view.period)),
        value=None if number is None else float(number_of(number)),
        text=view.formats.exact(number, view.kind(metric)),
        tick=view.formats.bucket(day, grain),
    )


def _key(cell: Cell) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
