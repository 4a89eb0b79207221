"""Tiles: a number, its change, its trend, and its own definition at hand."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from facet.reporting.screen.series import trend_values
from facet.reporting.screen.view import Numbers, View

#: Metrics of which less is better.
_INVERSE: Final = ("returns", "return_rate", "discounts", "balance_due", "cost_of_goods")


def tiles(view: View, names: Sequence[str]) -> Numbers:
    """Show a tile per metric, and none where nothing happened; returns the numbers."""
    numbers = view.numbers(names)
    if numbers.is_empty:
        return numbers
    trends = trend_values(view, [name for name in names if view.can_show(name)])
    with st.container(key="tiles"):
        for name in names:
            with st.container(key=f"tile-{name}"):
                _tile(view, name, numbers, trends.get(name))
    return numbers


def _tile(view: View, name: str, numbers: Numbers, trend: list[float] | None) -> None:
    now, before = numbers.now.get(name), numbers.before.get(name)
    kind = view.kind(name)
    change = view.formats.change(now, before, kind)
    is_flat = now == before
    st.metric(
        view.label(name),
        view.formats.short(now, kind),
        change,
        delta_color="off" if is_flat else "inverse" if name in _INVERSE else "normal",
        delta_arrow="off" if is_flat else "auto",
        help=_help(view, name, numbers),
        chart_data=trend,
        chart_type="area",
        border=True,
        height="stretch",
    )


def _help(view: View, name: str, numbers: Numbers) -> str:
    """The metric's definition, and its exact values."""
    kind = view.kind(name)
    said = [view.description(name)]
    if not view.can_show(name):
        said.append(view.text("tile.not_by_category"))
    elif numbers.now.get(name) is not None:
        said.append(view.text("tile.exact", value=view.formats.exact(numbers.now[name], kind)))
    if numbers.before.get(name) is not None:
        said.append(view.text("tile.before", value=view.formats.exact(numbers.before[name], kind)))
    return "\n\n".join(part.replace("$", "\\$") for part in said)
