"""Numbers over time and over parts, ready to draw."""

from collections.abc import Sequence
from datetime import date

from facet.reporting.charts import Point, Series
from facet.reporting.filters import ADDITIVE_MEASURES, PRODUCT, RATIOS, Dimension
from facet.reporting.metrics import Where
from facet.reporting.periods import Grain, Period, bucket_period, buckets
from facet.reporting.screen.view import View
from facet.reporting.table import Cell, as_number

_GRAIN_NAMES = {"day": "day", "week": "local_week", "month": "month"}
_PARTS_SHOWN = 10


def trend_values(
    view: View, metrics: Sequence[str], *, where: Where | None = None
) -> dict[str, list[float]]:
    """Metrics per bucket of the period, for tiles' small charts; without those that say nothing."""
    rows = _by_bucket(view, metrics, view.period, where)
    trends = {}
    for position, metric in enumerate(metrics):
        values = [as_number(cells[position]) for _, cells in rows]
        if sum(map(bool, values)) > 1:
            trends[metric] = [float(value) for value in values if value is not None]
    return trends


def trend_series(
    view: View, metric: str, *, where: Where | None = None
) -> tuple[Series, Series | None]:
    """A metric per bucket of the period, and of its comparison at the same places."""
    now = _by_bucket(view, [metric], view.period, where)
    series = Series(name=view.text("chart.now"), points=_points(view, metric, view.period, now))
    if view.compared is None:
        return series, None
    before = _by_bucket(view, [metric], view.compared, where)[: len(now)]
    name = view.text(f"comparison.{view.filters.comparison}")
    points = _points(view, metric, view.compared, before)
    return series, Series(name=name, points=points)


def part_series(
    view: View, metric: str, dimension: Dimension, *, where: Where | None = None
) -> tuple[Series, Series | None]:
    """A metric per value of a dimension, the largest first, and its comparison.

    Of channels, categories and buyers, those that do not fit are one last point without a key,
    where the parts of the metric add up.
    """
    rows = by_value(view, metric, dimension, view.period, where=where)
    shown, rest = rows[:_PARTS_SHOWN], rows[_PARTS_SHOWN:]
    points = [_part(view, metric, dimension, *row) for row in shown]
    if rest and metric in ADDITIVE_MEASURES and dimension.name != PRODUCT.name:
        label = view.text("chart.others", count=view.formats.exact(len(rest), "count"))
        points.append(_point(view, metric, label, sum(as_number(row[-1]) or 0 for row in rest)))
    now = Series(name=view.text("chart.now"), points=tuple(points))
    if view.compared is None or not points:
        return now, None
    found = by_value(view, metric, dimension, view.compared, where=where)
    compared = {key: number for key, _, number in found}
    before = tuple(
        _part(view, metric, dimension, key, name, compared.get(key, 0)) for key, name, _ in shown
    )
    return now, Series(name=view.text(f"comparison.{view.filters.comparison}"), points=before)


def time_dimension(grain: Grain) -> str:
    """The dimension that tells a metric by days, weeks or months."""
    return f"metric_time__{_GRAIN_NAMES[grain]}"


def by_value(
    view: View, metric: str, dimension: Dimension, period: Period, *, where: Where | None = None
) -> tuple[tuple[str, str, Cell], ...]:
    """A metric per value of a dimension, the largest first, zeros left out: key, name, number."""
    order = [f"-{metric}", *reversed(dimension.columns)]
    table = view.ask([metric], by=dimension.columns, period=period, where=where, order_by=order)
    return tuple((dimension.key(row[0]), str(row[-2]), row[-1]) for row in table.rows if row[-1])


def _by_bucket(
    view: View, metrics: Sequence[str], period: Period, where: Where | None
) -> list[tuple[date, tuple[Cell, ...]]]:
    """Metrics for every bucket of a period; where nothing happened sums are 0 and ratios None."""
    grain = view.filters.grain_for(view.period)
    time = time_dimension(grain)
    found = {
        row[0]: row[1:] for row in view.ask(metrics, by=[time], period=period, where=where).rows
    }
    absent: tuple[Cell, ...] = tuple(None if metric in RATIOS else 0 for metric in metrics)
    return [(day, found.get(day, absent)) for day in buckets(period, grain, view.tenant.calendar)]


def _points(
    view: View, metric: str, period: Period, rows: Sequence[tuple[date, tuple[Cell, ...]]]
) -> tuple[Point, ...]:
    grain = view.filters.grain_for(view.period)
    return tuple(
        _point(
            view,
            metric,
            view.formats.period(bucket_period(bucket, grain, period)),
            number,
            key=bucket.isoformat(),
            tick=view.formats.bucket(bucket, grain),
        )
        for bucket, (number,) in rows
    )


def _part(
    view: View, metric: str, dimension: Dimension, key: str, name: str, number: Cell
) -> Point:
    return _point(view, metric, view.value_label(dimension.name, name), number, key=key)


def _point(
    view: View, metric: str, label: str, number: Cell, *, key: str = "", tick: str = ""
) -> Point:
    value = as_number(number)
    return Point(
        label=label,
        value=None if value is None else float(value),
        text=view.formats.exact(number, view.kind(metric)),
        key=key,
        tick=tick,
        short=view.formats.short(number, view.kind(metric)),
    )
