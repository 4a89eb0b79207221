"""The answer of the explorer: charts where a question has a shape to draw, and all its rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from facet.reporting.present.charts.over_time import Line, lines, trend
from facet.reporting.present.charts.rows import bars
from facet.reporting.present.charts.style import ACCENT, COMPARISON, GOLD, INK, LOSS
from facet.reporting.present.dimension_texts import dimension_label, in_a_sentence, value_text
from facet.reporting.present.filters import Dimension
from facet.reporting.present.question import PAIRED, Answer, Question, answer, before_of, understood
from facet.reporting.present.series import part_series, trend_series
from facet.reporting.query.periods import Grain
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.explorer.choose import (
    choose_dimensions,
    choose_kept,
    choose_metrics,
)
from facet.reporting.screen.pages.explorer.data import at_grain, lines_of
from facet.reporting.screen.parts.cells import Column, ColumnKind
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.parts.figures import axis, static_chart, unit
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.keys import key_for
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.session.view import View

_COLOURS = (ACCENT, GOLD, LOSS, COMPARISON, INK)


def ask(view: View) -> tuple[View, Question]:
    """The question that was put together above; ends the page where there is none yet.

    Raises:
        EndOfPage: no metric is chosen, or one leaves open what is meant.
    """
    st.caption(view.text("explorer.about"))
    metrics = choose_metrics(view)
    if not metrics:
        stop_with_nothing_yet(view.text("explorer.none_title"), view.text("explorer.none"))
    left, right = st.columns(2, gap="medium")
    with left:
        by = choose_dimensions(view, metrics)
    with right:
        kept = choose_kept(view, metrics)
    question = understood(view, metrics, by=by, where=kept)
    _stop_if_open(view, question)
    return _comparable(view, question), question


def show_answer(view: View, question: Question) -> None:
    """Charts of a question, and its rows.

    Raises:
        EndOfPage: there is nothing.
    """
    found = answer(view, question)
    if not found.table.rows:
        title, text = view.text("explorer.empty_title"), view.text("explorer.empty")
        stop_with_nothing_yet(title, text, icon="search_off")
    grain = next((PAIRED[name] for name in question.by if name in PAIRED), None)
    if len(question.by) == 1:
        for metric in question.metrics:
            _chart(view, question, metric, grain)
    elif len(question.by) == 2 and grain is not None:
        _lines(view, question, found, grain)
    _rows(view, question, found)


def _stop_if_open(view: View, question: Question) -> None:
    held = {*question.by, *(name for name, kept in question.where.items() if len(kept) == 1)}
    for name in question.metrics:
        for dimension in view.metric(name).choose:
            if dimension not in held:
                told = {"metric": view.label(name), "dimension": dimension_label(view, dimension)}
                stop_with_nothing_yet(
                    view.text("explorer.choose_title"),
                    escaped(view.text("explorer.choose", **told)),
                    icon="rule",
                )


def _comparable(view: View, question: Question) -> View:
    """The view, compared with nothing where the times of a question do not stand beside others."""
    times = [name for name in question.by if view.reader.catalogue.is_time(name)]
    if view.comparison is None or (all(name in PAIRED for name in times[:1]) and len(times) < 2):
        return view
    st.caption(view.text("explorer.not_compared"))
    return view.showing(replace(view.filters, comparison="none"))


def _chart(view: View, question: Question, metric: str, grain: Grain | None) -> None:
    """A metric over time, or by one dimension, beside what it is compared with."""
    (name,) = question.by

    def build() -> Any:
        if grain is not None:
            shown = at_grain(view, grain)
            now, before = trend_series(shown, metric, where=question.where)
            values = [p.value for series in (now, before) if series for p in series.points]
            ticks = axis(view, values, view.kind(metric))
            return trend(now, before, ticks=ticks) if any(values) else None
        dimension = Dimension(id=name, name=name)
        now, before = part_series(view, metric, dimension, where=question.where)
        return bars(now, before) if now.points else None

    static_chart(
        view,
        key_for(f"explored-{metric}", question),
        _title(view, metric, name),
        unit(view, view.kind(metric)),
        build,
    )


def _lines(view: View, question: Question, found: Answer, grain: Grain) -> None:
    """The first metric over time, a line for each of the largest values of the other dimension."""
    metric = question.metrics[0]
    other = next(name for name in question.by if name not in PAIRED)

    def build() -> Any:
        series = lines_of(view, question, found, grain)
        values = [point.value for each in series for point in each.points]
        drawn = [Line(series=s, colour=c) for s, c in zip(series, _COLOURS, strict=False)]
        return lines(drawn, ticks=axis(view, values, view.kind(metric))) if any(values) else None

    static_chart(
        view,
        key_for(f"explored-{metric}", question),
        _title(view, metric, other),
        unit(view, view.kind(metric)),
        build,
    )


def _title(view: View, metric: str, dimension: str) -> str:
    label = in_a_sentence(dimension_label(view, dimension))
    return view.text("explorer.over_time", metric=view.label(metric), dimension=label)


def _rows(view: View, question: Question, found: Answer) -> None:
    subheading(view.text("explorer.rows"))
    if found.is_cut:
        st.caption(view.text("answer.is_cut", count=view.count(len(found.table))))
    everything = [Column(label=view.text("explorer.by"), value=lambda _: view.text("explorer.all"))]
    columns = [_dimension_column(view, n, name) for n, name in enumerate(question.by)]
    columns = (columns or everything) + _metric_columns(view, question, found)
    listing(view, "explored", found.table.rows, columns)


def _dimension_column(view: View, place: int, name: str) -> Column:
    label = dimension_label(view, name)
    if view.reader.catalogue.is_time(name):
        kind: ColumnKind = "month" if name.endswith("month") else "day"
        return Column(label=label, value=place, kind=kind)
    return Column(label=label, value=lambda row: value_text(view, name, row[place]))


def _metric_columns(view: View, question: Question, found: Answer) -> list[Column]:
    columns = []
    word = view.text(f"comparison.{view.filters.comparison}")
    for name in question.metrics:
        place = found.table.columns.index(name)
        label, kind = view.label(name), view.kind(name)
        columns.append(Column(label=label, value=place, kind=kind, help=view.description(name)))
        if found.compared is not None:
            beside = found.table.columns.index(before_of(name))
            columns.append(Column(label=f"{label} ({word})", value=beside, kind=kind))
            columns.append(
                Column(
                    label=view.text("explorer.change", metric=label),
                    value=_change(view, place, beside, name),
                )
            )
    return columns


def _change(view: View, place: int, beside: int, metric: str) -> Any:
    def told(row: Sequence[Cell]) -> str:
        return view.formats.change(row[place], row[beside], view.kind(metric)) or ""

    return told
