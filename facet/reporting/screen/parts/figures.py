"""Charts on a page: title, figure, and what was clicked in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.as_table import figure_table
from facet.reporting.present.charts.over_time import (
    Mark,
    even_ticks,
    is_dragged,
    target_of,
    trend,
)
from facet.reporting.present.charts.rows import bars
from facet.reporting.present.document.drawn import breakdown_of, trend_of
from facet.reporting.present.document.parts import Part
from facet.reporting.present.filters import PRODUCT
from facet.reporting.present.series import (
    by_value,
    part_series,
    target_series,
    trend_series,
)
from facet.reporting.query.cache import LruCache
from facet.reporting.query.metric import Kind
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell
from facet.reporting.query.unknown_names import unknown
from facet.reporting.screen.parts.in_words import in_words
from facet.reporting.screen.parts.keys import key_for
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.notes import marks_of, notes_of, show_notes
from facet.reporting.screen.session.picks import picked
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View

#: Built once for all who look at the same; never changed after.
_FIGURES: Final = LruCache[Any](3000)
_CONFIG: Final = {"displayModeBar": False}


def trend_chart(view: View, metric: str, *, opens: bool = True) -> Selection | None:
    """A metric over the period's days, weeks or months; returns the bar that was clicked.

    Where nothing `opens`, no bar can be clicked. The bar stays the same day, week or month whatever
    the metric. What was noted of the days is marked, and told below.
    """
    name = f"trend-{metric}"
    notes = notes_of(view)
    marks = marks_of(view, notes)

    def build() -> Any:
        now, before = trend_series(view, metric)
        target = target_series(view, metric)
        values = [p.value for series in (now, before, target) if series for p in series.points]
        ticks = axis(view, values, view.kind(metric))
        if not any(values):
            return None
        days = _days_dragged(view) if opens else ()
        return trend(now, before, ticks=ticks, target=target, marks=marks, days=days)

    title = view.text(f"chart.trend_{view.grain}", metric=view.label(metric))
    subtitle = _subtitle(view, metric)
    if any(pair.is_unfinished for pair in view.pairs):
        subtitle = f"{subtitle}, {view.text('chart.hatched')}"

    def exists(key: str) -> bool:
        return days_of(view, key) is not None

    def part() -> Part:
        return Part(trend=trend_of(view, metric))

    drawn = (view, name, title, subtitle, build)
    key = None
    if opens:
        key = selectable_chart(*drawn, pick=view.grain, exists=exists, marks=marks, part=part)
    else:
        static_chart(*drawn, marks=marks, part=part)
    show_notes(view, name, notes)
    if key is None:
        return None
    days = days_of(view, key)
    return Selection(name="trend", label=view.formats.period(days), period=days) if days else None


def _days_dragged(view: View) -> list[tuple[str, str] | None]:
    """The first and the last day of each place of a chart over time, which the page can be of."""
    return [
        (pair.now.start.isoformat(), pair.now.end.isoformat()) if pair.now else None
        for pair in view.pairs
    ]


def days_of(view: View, key: str) -> Period | None:
    """The days of a bar of a chart over time; None where it is of another period."""
    found = (pair.now for pair in view.pairs if pair.now is not None)
    return next((days for days in found if days.start.isoformat() == key), None)


def breakdown_chart(view: View, metric: str, by: str) -> Selection | None:
    """A metric by channel, category, buyer or product; returns the bar that was clicked.

    Raises:
        UnknownNameError: `by` is none of these.
    """
    dimensions = {**view.dimensions, "product": view.resolve(PRODUCT)}
    if by not in dimensions:
        raise unknown("dimension of a chart", by, dimensions)
    dimension = dimensions[by]

    def build() -> Any:
        now, before = part_series(view, metric, dimension)
        return bars(now, before) if now.points else None

    title = view.text(f"chart.{by}", metric=view.label(metric))

    def names() -> Mapping[str, Cell]:
        return {of: name for of, name, _ in by_value(view, metric, dimension, view.period)}

    subtitle = _subtitle(view, metric)
    key = selectable_chart(
        view,
        f"{by}-{metric}",
        title,
        subtitle,
        build,
        pick=by,
        exists=lambda key: key in names(),
        part=lambda: breakdown_of(view, metric, by, dimension),
    )
    if key is None:
        return None
    label = view.value_label(dimension.name, names()[key])
    where = {dimension.id: [dimension.value(key)]}
    return Selection(name=by, label=label, period=view.period, where=where)


def axis(view: View, values: Sequence[float | None], kind: Kind) -> list[tuple[float, str]]:
    """Round numbers over some values, with what is written beside their grid lines."""
    return view.formats.axis(even_ticks(values), kind)


def unit(view: View, kind: Kind) -> str:
    """The unit of a chart's numbers."""
    match kind:
        case "money":
            return view.text("chart.unit_money", currency=view.tenant.currency)
        case "rate":
            return view.text("chart.unit_rate")
        case "minutes":
            return view.text("chart.unit_minutes")
        case "days":
            return view.text("chart.unit_days")
        case "decimal":
            return view.text("chart.unit_number")
    return view.text("chart.unit_count")


def static_chart(
    view: View,
    name: str,
    title: str,
    subtitle: str,
    build: Callable[[], Any],
    *,
    marks: tuple[Mark, ...] = (),
    part: Callable[[], Part] | None = None,
) -> None:
    """A figure without a drill-down; `build` returns None where there is nothing to draw.

    `name` tells it from every other drawing for the same view: the page's own parameters are in it;
    so do `marks`, which `build` draws. `part` is what files of the page have in its place; unless
    given, the figure in words.
    """
    figure = _FIGURES.made((name, marks, *view.cache_key), build)
    with st.container(key=f"chart-{name}", gap="xxsmall"):
        _title(title, _told(view, subtitle, figure) if figure is not None else "")
        if figure is None:
            st.caption(view.text("chart.empty"))
            return
        alt = view.text("chart.alt", title=title)
        st.plotly_chart(figure, key=f"plain-{name}", config=_CONFIG, alt=alt)
        in_words(view, name, title, figure, part)


def selectable_chart(
    view: View,
    name: str,
    title: str,
    subtitle: str,
    build: Callable[[], Any],
    *,
    pick: str | None = None,
    exists: Callable[[str], bool] | None = None,
    marks: tuple[Mark, ...] = (),
    part: Callable[[], Part] | None = None,
) -> str | None:
    """A figure whose bars can be clicked, or chosen by name; returns the key of the one that was.

    What was chosen last stays chosen while it is there, and in the address. `build`, `name`,
    `marks` and `part` are those of `static_chart`.

    Args:
        pick: what the address calls a bar; its name unless given.
        exists: whether there is a bar of a key; unless given, where one is drawn.
    """
    figure = _FIGURES.made((name, marks, *view.cache_key), build)
    shown_for = key_for(name, view.cache_key)
    is_new = f"figure-{shown_for}" not in st.session_state
    with st.container(key=f"chart-{name}", gap="xxsmall"):
        if figure is None:
            _title(title, "")
            st.caption(view.text("chart.empty"))
            return None
        _title(title, f"{_told(view, subtitle, figure)} · {_offered(view, figure)}")
        event: Any = st.plotly_chart(
            figure,
            key=f"figure-{shown_for}",
            on_select="rerun",
            selection_mode="points",
            config=_CONFIG,
            alt=view.text("chart.alt", title=title),
        )
        pick = pick or name
        chosen = in_words(view, name, title, figure, part, (shown_for, pick))
    said = (clicked_key(event), chosen)
    exists = exists or (lambda key: key in figure_table(figure).keys)
    return picked(pick, shown_for, said, is_new=is_new, exists=exists)


def clicked_key(event: Any) -> str | None:
    """The key of the clicked bar in a chart's event; None where none was."""
    for point in event["selection"]["points"]:
        custom = point.get("customdata")
        key = custom[0] if isinstance(custom, list | tuple) else (custom or {}).get("0")
        if key:
            return str(key)
    return None


def _title(title: str, subtitle: str) -> None:
    st.markdown(f"**{escaped(title)}**")
    if subtitle:
        st.caption(subtitle)


def _told(view: View, subtitle: str, figure: Any) -> str:
    """The subtitle of a chart, which says what is dotted in it, where something is."""
    target = target_of(figure)
    return subtitle if target is None else f"{subtitle}, {view.text('chart.dotted', target=target)}"


def _offered(view: View, figure: Any) -> str:
    """What can be done with a chart's bars."""
    return view.text("chart.drag" if is_dragged(figure) else "chart.drill")


def _subtitle(view: View, metric: str) -> str:
    subtitle = unit(view, view.kind(metric))
    if view.compared is None:
        return subtitle
    return f"{subtitle}, {view.text(f'chart.against_{view.filters.comparison}')}"
