"""Parts of documents from a view: figures of metrics, a metric over time and by a dimension."""

from collections.abc import Sequence
from typing import Any, Final

from facet.reporting.present.charts.as_table import figure_table
from facet.reporting.present.document.parts import Figure, Listing, Part, Trend
from facet.reporting.present.export import Heading
from facet.reporting.present.filters import Dimension
from facet.reporting.present.numbers import Numbers
from facet.reporting.present.series import by_bucket, by_value, trend_series
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.table import Cell

#: A chart in words has so many places.
PLACES_SHOWN: Final = 15


def figures_of(view: TenantView, names: Sequence[str], numbers: Numbers) -> tuple[Figure, ...]:
    """Metrics beside their comparison."""

    def figure(name: str) -> Figure:
        now, before, kind = numbers.now.get(name), numbers.before.get(name), view.kind(name)
        direction = view.formats.direction(now, before, kind)
        return Figure(
            label=view.label(name),
            kind=kind,
            now=now,
            before=before,
            change=view.formats.change(now, before, kind),
            better=-direction if view.metric(name).lower_is_better else direction,
        )

    return tuple(map(figure, names))


def trend_of(view: TenantView, metric: str) -> Trend:
    """A metric over the period's days, weeks or months."""
    series, before = trend_series(view, metric)
    kind, now = view.kind(metric), by_bucket(view, [metric], view.period, None)
    then = by_bucket(view, [metric], view.compared, None) if view.compared else {}
    headings = [Heading(label=view.text(f"grain.{view.grain}"), kind="day")]
    headings.append(Heading(label=view.label(metric), kind=kind))
    if before is not None:
        headings.append(Heading(label=view.text("table.before"), kind=kind))
    rows = []
    for pair in view.pairs:
        if pair.now is not None:
            row: list[Cell] = [pair.now.start, *now[pair.now]]
            if before is not None:
                row.append(then[pair.before][0] if pair.before else None)
            rows.append(tuple(row))
    return Trend(
        title=view.text(f"chart.trend_{view.grain}", metric=view.label(metric)),
        kind=kind,
        series=series,
        before=before,
        headings=tuple(headings),
        rows=tuple(rows),
    )


def breakdown_of(view: TenantView, metric: str, by: str, dimension: Dimension) -> Part:
    """A metric by the values of a dimension, the largest first, beside its comparison."""
    kind = view.kind(metric)
    headings = [
        Heading(label=view.text(f"filter.{by}" if by != "product" else "document.product")),
        Heading(label=view.label(metric), kind=kind),
    ]
    rows = by_value(view, metric, dimension, view.period)
    before: dict[str, Cell] = {}
    if view.compared is not None:
        headings.append(Heading(label=view.text("table.before"), kind=kind))
        before = {
            key: number for key, _, number in by_value(view, metric, dimension, view.compared)
        }
    absent = 0 if view.metric(metric).is_amount else None
    return Part(
        listing=Listing(
            title=view.text(f"chart.{by}", metric=view.label(metric)),
            headings=tuple(headings),
            rows=tuple(
                (
                    view.value_label(dimension.name, name),
                    number,
                    *([before.get(key, absent)] if view.compared is not None else []),
                )
                for key, name, number in rows
            ),
        )
    )


def chart_of(view: TenantView, title: str, figure: Any) -> Part:
    """A chart in words, as a page writes it for who cannot see it; of many places some."""
    table = figure_table(figure)
    rows = _spread([(name, *cells) for name, cells in zip(table.names, table.rows, strict=True)])
    headings = (Heading(label=view.text("table.line")), *map(_number, table.columns))
    return Part(
        listing=Listing(title=title, headings=headings, rows=rows, written=rows, is_picture=True)
    )


def _spread(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """As many rows as a list shows, evenly from the first to the last."""
    count, last = len(rows), PLACES_SHOWN - 1
    if count <= PLACES_SHOWN:
        return tuple(rows)
    return tuple(rows[round(place * (count - 1) / last)] for place in range(PLACES_SHOWN))


def _number(label: str) -> Heading:
    return Heading(label=label, kind="decimal")
