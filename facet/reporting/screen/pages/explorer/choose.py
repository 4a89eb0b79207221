"""The question of the explorer: metrics, what they are grouped by, and what is kept."""

import streamlit as st

from facet.reporting.present.question import PAIRED, Given
from facet.reporting.screen.pages.explorer.data import (
    MOST_VALUES,
    dimensions_offered,
    first_metric,
    metrics_offered,
    values_of_dimension,
    values_offered,
)
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.session.query_params import (
    has_arrived,
    query_param_multiselect,
    write_query_params,
)
from facet.reporting.screen.session.view import View

_METRICS, _DIMENSIONS, _KEPT = 6, 3, 3
_KEEP = "keep"


def choose_metrics(view: View) -> tuple[str, ...]:
    """The metrics that were chosen; at first one that whoever looks may see."""
    offered = metrics_offered(view)
    return query_param_multiselect(
        "metric",
        view.text("explorer.metrics"),
        offered,
        default=first_metric(offered),
        placeholder=view.text("explorer.metrics_placeholder"),
        most=_METRICS,
    )


def choose_dimensions(view: View, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """What they are grouped by; at first days, weeks or months, as suits the period."""
    natural = next(name for name, grain in PAIRED.items() if grain == view.grain)
    return query_param_multiselect(
        "by",
        view.text("explorer.by"),
        dimensions_offered(view, metrics),
        default=[natural],
        placeholder=view.text("explorer.by_placeholder"),
        most=_DIMENSIONS,
    )


def choose_kept(view: View, metrics: tuple[str, ...]) -> tuple[Given, ...]:
    """What is kept: of some dimensions some values. In the address each is ``name:value``."""
    offered = values_offered(view, metrics)
    if has_arrived(_KEEP):
        _take(offered)
    st.session_state.setdefault("pick-keep", [])
    st.session_state["pick-keep"] = [n for n in st.session_state["pick-keep"] if n in offered]
    dimensions = st.multiselect(
        view.text("explorer.keep"),
        list(offered),
        format_func=lambda name: offered[name],
        key="pick-keep",
        placeholder=view.text("explorer.keep_placeholder"),
        max_selections=_KEPT,
    )
    kept: list[Given] = []
    for name in dimensions:
        kept += [(name, value) for value in _choose_values(view, metrics[0], name, offered[name])]
    write_query_params(_KEEP, [f"{name}:{value}" for name, value in kept])
    return tuple(kept)


def _choose_values(view: View, metric: str, name: str, label: str) -> list[str]:
    offered = values_of_dimension(view, metric, name)
    key = f"pick-keep-{name}"
    kept = st.session_state.get(key, [])
    st.session_state[key] = [value for value in kept if value in offered.values]
    chosen: list[str] = st.multiselect(
        label,
        list(offered.values),
        format_func=lambda value: offered.values[value],
        key=key,
        placeholder=view.text("explorer.values_placeholder"),
    )
    if offered.has_more:
        count = view.count(MOST_VALUES)
        st.caption(view.text("explorer.many_values", dimension=escaped(label), count=count))
    return chosen


def _take(offered: object) -> None:
    """Put what the address keeps into the widgets."""
    named: dict[str, list[str]] = {}
    for text in st.query_params.get_all(_KEEP):
        name, _, value = text.partition(":")
        named.setdefault(name, []).append(value)
    st.session_state["pick-keep"] = list(named)
    for name, values in named.items():
        st.session_state[f"pick-keep-{name}"] = values
