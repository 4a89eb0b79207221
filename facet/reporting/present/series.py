"""Numbers over time and over parts, ready to draw."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from facet.reporting.present.charts.style import Point, Series
from facet.reporting.present.dimension_texts import value_text
from facet.reporting.present.filters import PRODUCT, Dimension
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Pair
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Grain, Period, bucket_period, buckets
from facet.reporting.query.table import Cell, as_number

_GRAIN_NAMES = {"day": "day", "week": "local_week", "month": "month"}
_PARTS_SHOWN = 10


def trend_values(
    view: TenantView, metrics: Sequence[str], *, where: Where | None = None
) -> dict[str, list[float]]:
    """Metrics per bucket of the period, for tiles' small charts; without those that show nothing.

    They end with the last bucket that is over: one that is not would always fall.
    """
    over = [pair for pair in view.pairs if not pair.is_unfinished and not pair.is_to_come]
    found = by_bucket(view, metrics, view.period, where)
    trends = {}
    for position, metric in enumerate(metrics):
        values = [as_number(found[pair.now][position]) for pair in over if pair.now]
        if sum(map(bool, values)) > 1:
            trends[metric] = [float(value) for value in values if value is not None]
    return trends


def trend_series(
    view: TenantView, metric: str, *, where: Where | None = None
) -> tuple[Series, Series | None]:
    """A metric per place of the axis of time, and beside each that of what it is compared with.

    The points of the comparison add up to the metric of all its days.
    """
    now = by_bucket(view, [metric], view.period, where)
    series = Series(
        name=view.text("chart.now"),
        points=tuple(_moment(view, metric, pair.now, now, pair) for pair in view.pairs),
    )
    if view.compared is None:
        return series, None
    before = by_bucket(view, [metric], view.compared, where)
    points = tuple(_moment(view, metric, pair.before, before) for pair in view.pairs)
    return series, Series(name=view.text(f"comparison.{view.filters.comparison}"), points=points)


def target_series(view: TenantView, metric: str, *, where: Where | None = None) -> Series | None:
    """What the days of a metric were to bring, also those to come; None where nobody has a target.

    Targets are people's (definitions.md, Targets, hours and leads). So there are none of a part of
    the channels, categories or buyers, nor for who sees some people alone and did not choose one.
    """
    target = view.metric(metric).target
    sees_whose_they_are = where is not None or view.principal.people is None
    if target is None or target not in view.metrics:
        return None
    if view.filters.is_narrowed or not sees_whose_they_are:
        return None
    found = by_bucket(view, [target], view.period, where)
    points = []
    for pair in view.pairs:
        value = found.get(pair.now, (None,))[0] if pair.now else None
        label = view.formats.period(pair.now) if pair.now else ""
        points.append(_point(view, target, label, value or None))
    if not any(point.value for point in points):
        return None
    return Series(name=view.label(target), points=tuple(points))


def part_series(
    view: TenantView, metric: str, dimension: Dimension, *, where: Where | None = None
) -> tuple[Series, Series | None]:
    """A metric per value of a dimension, the largest first, and its comparison.

    Of channels, categories and buyers, those that do not fit are one last point without a key,
    where the parts of the metric add up.
    """
    rows = by_value(view, metric, dimension, view.period, where=where)
    shown, rest = rows[:_PARTS_SHOWN], rows[_PARTS_SHOWN:]
    points = [_point_of(view, metric, dimension, *row) for row in shown]
    label = view.text("chart.others", count=view.count(len(rest)))
    has_others = rest and view.metric(metric).is_additive and dimension.name != PRODUCT.name
    if has_others:
        points.append(_point(view, metric, label, sum(as_number(row[-1]) or 0 for row in rest)))
    now = Series(name=view.text("chart.now"), points=_written(view, metric, points))
    if view.compared is None or not points:
        return now, None
    found = by_value(view, metric, dimension, view.compared, where=where)
    compared = {key: number for key, _, number in found}
    before = [
        _point_of(view, metric, dimension, key, name, compared.pop(key, 0))
        for key, name, _ in shown
    ]
    if has_others:
        rest_before = sum(as_number(number) or 0 for number in compared.values())
        before.append(_point(view, metric, label, rest_before))
    name = view.text(f"comparison.{view.filters.comparison}")
    return now, Series(name=name, points=tuple(before))


def time_dimension(grain: Grain) -> str:
    """The dimension that groups a metric by days, weeks or months."""
    return f"metric_time__{_GRAIN_NAMES[grain]}"


def by_value(
    view: TenantView,
    metric: str,
    dimension: Dimension,
    period: Period,
    *,
    where: Where | None = None,
) -> tuple[tuple[str, Cell, Cell], ...]:
    """A metric per value of a dimension, the largest first, zeros left out: key, name, number."""
    order = [f"-{metric}", *reversed(dimension.columns)]
    table = view.query([metric], by=dimension.columns, period=period, where=where, order_by=order)
    return tuple((dimension.key(row[0]), row[-2], row[-1]) for row in table.rows if row[-1])


def by_bucket(
    view: TenantView, metrics: Sequence[str], period: Period, where: Where | None
) -> dict[Period, tuple[Cell, ...]]:
    """Metrics for every bucket of a period; where nothing was, amounts are 0, ratios None."""
    time = time_dimension(view.grain)
    found = {
        row[0]: row[1:] for row in view.query(metrics, by=[time], period=period, where=where).rows
    }
    catalogue = view.reader.catalogue
    absent = tuple(0 if catalogue.metric(name).is_amount else None for name in metrics)
    return {
        bucket_period(day, view.grain, period): found.get(day, absent)
        for day in buckets(period, view.grain, view.tenant.calendar)
    }


def _moment(
    view: TenantView,
    metric: str,
    days: Period | None,
    found: Mapping[Period, Sequence[Cell]],
    pair: Pair | None = None,
) -> Point:
    """The point of some days; one without a value where there are none, or they are to come."""
    if days is None:
        tick = view.formats.bucket(pair.before.start, view.grain) if pair and pair.before else ""
        return Point(label="", value=None, text="", tick=tick)
    label = view.formats.period(days)
    if pair is not None and pair.is_unfinished:
        label = view.text("chart.unfinished", period=label)
    is_to_come = pair is not None and pair.is_to_come
    return _point(
        view,
        metric,
        label,
        None if is_to_come else found[days][0],
        key="" if is_to_come else days.start.isoformat(),
        tick=view.formats.bucket(days.start, view.grain),
        is_unfinished=pair is not None and pair.is_unfinished,
    )


def _written(view: TenantView, metric: str, points: Sequence[Point]) -> tuple[Point, ...]:
    """Points whose short texts are in one unit, as they stand side by side."""
    kind = view.kind(metric)
    numbers = [None if p.value is None else Decimal(str(p.value)) for p in points]
    written = view.formats.side_by_side(numbers, kind)
    return tuple(replace(p, short=written(n)) for p, n in zip(points, numbers, strict=True))


def _point_of(
    view: TenantView, metric: str, dimension: Dimension, key: str, name: Cell, number: Cell
) -> Point:
    return _point(view, metric, value_text(view, dimension.name, name), number, key=key)


def _point(
    view: TenantView,
    metric: str,
    label: str,
    number: Cell,
    *,
    key: str = "",
    tick: str = "",
    is_unfinished: bool = False,
) -> Point:
    value = as_number(number)
    return Point(
        label=label,
        value=None if value is None else float(value),
        text=view.formats.exact(number, view.kind(metric)),
        key=key,
        tick=tick,
        short=view.formats.short(number, view.kind(metric)),
        is_unfinished=is_unfinished,
    )
