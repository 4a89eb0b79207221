"""Tiles: a number, its change, its trend, and its own definition at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from facet.reporting.present.costs import coverage_of
from facet.reporting.present.document.drawn import figures_of
from facet.reporting.present.document.parts import Figure, Part
from facet.reporting.present.numbers import Numbers
from facet.reporting.present.series import trend_values
from facet.reporting.query.comparing import Compared
from facet.reporting.query.conditions import Where
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell
from facet.reporting.screen.parts import costs
from facet.reporting.screen.parts.markdown import escaped, math_free
from facet.reporting.screen.session.shown import note_shown
from facet.reporting.screen.session.view import View

#: Days after which hardly anything is given back any more.
_RIPE_AFTER: Final = 90


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A number that is no metric of a period: its name, its value and what goes with it."""

    name: str
    label: str
    value: str
    note: str | None = None
    help: str | None = None


def tiles(
    view: View,
    names: Sequence[str],
    *,
    of: str | None = None,
    where: Where | None = None,
    also: Sequence[Tile] = (),
) -> Numbers:
    """Show a tile per metric, and none where nothing happened; returns the numbers.

    Args:
        view: for numbers, formats and words.
        names: metrics; those that the release was made before are left out, and those that the
            filters leave without a number come last.
        of: what a page's further tiles are of; tells them from its first.
        where: what the numbers are narrowed to.
        also: tiles that follow them.
    """
    names = sorted(view.reader.available_metrics(names), key=lambda name: not view.can_show(name))
    numbers = view.numbers(names, where=where)
    if numbers.is_empty and not view.has_just_begun:
        return numbers
    note_shown(lambda: Part(figures=(*figures_of(view, names, numbers), *map(_written, also))))
    trends = trend_values(view, [name for name in names if view.can_show(name)], where=where)
    with st.container(key=_key("tiles", of)):
        for name in names:
            with st.container(key=_key(f"tile-{name}", of)):
                _tile(view, name, numbers, trends.get(name))
        _plain(also, of)
    costs.show_message(coverage_of(view, names, where))
    if view.compared is not None and not numbers.is_empty and numbers.is_empty_before:
        st.caption(view.text("tile.nothing_before", period=view.formats.period(view.compared)))
    return numbers


def plain_tiles(shown: Sequence[Tile], *, of: str | None = None) -> None:
    """Show a tile for each number, with its note below; `of` is that of `tiles`."""
    note_shown(lambda: Part(figures=tuple(map(_written, shown))))
    with st.container(key=_key("tiles", of)):
        _plain(shown, of)


def value_tile(view: View, topic: str, name: str, value: Cell, *, kind: Kind, note: str) -> Tile:
    """A tile of a number that is cut short, with what it means and its exact value at hand."""
    exact = view.text("tile.exact", value=view.formats.exact(value, kind))
    return Tile(
        name=name,
        label=view.text(f"{topic}.{name}"),
        value=view.formats.short(value, kind),
        note=note,
        help=f"{view.text(f'{topic}_means.{name}')}\n\n{exact}",
    )


def _written(tile: Tile) -> Figure:
    return Figure(label=tile.label, written=tile.value, change=tile.note)


def _plain(shown: Sequence[Tile], of: str | None) -> None:
    for tile in shown:
        with st.container(key=_key(f"tile-{tile.name}", of)):
            st.metric(
                escaped(tile.label),
                tile.value,
                tile.note,
                delta_color="off",
                delta_arrow="off",
                help=tile.help and math_free(tile.help),
                border=True,
                height="stretch",
            )


def _key(name: str, of: str | None) -> str:
    return name if of is None else f"{name}-of-{of}"


def _tile(view: View, name: str, numbers: Numbers, trend: list[float] | None) -> None:
    now, before = numbers.now.get(name), numbers.before.get(name)
    kind = view.kind(name)
    change = view.formats.change(now, before, kind)
    is_flat = view.formats.direction(now, before, kind) == 0
    better: Literal["inverse", "normal"] = (
        "inverse" if view.metric(name).lower_is_better else "normal"
    )
    says_nothing = is_flat or _is_young(view, name)
    st.metric(
        view.label(name),
        view.formats.short(now, kind),
        change,
        delta_color="off" if says_nothing else better,
        delta_arrow="off" if is_flat else "auto",
        help=_help(view, name, numbers),
        chart_data=trend,
        chart_type="area",
        border=True,
        height="stretch",
    )


def _is_young(view: View, name: str) -> bool:
    """Whether more of it may come back, as it had to those that it is compared with."""
    counts = view.metric(name).counts_later_returns
    does = counts == "always" or (
        counts == "as_dated" and view.tenant.return_dating == "order_date"
    )
    return does and (view.tenant.today - view.period.end).days < _RIPE_AFTER


def _help(view: View, name: str, numbers: Numbers) -> str:
    """The metric's definition, and its exact values."""
    kind = view.kind(name)
    paragraphs = [view.description(name)]
    if not view.can_show(name):
        paragraphs.append(view.text("tile.not_by_category"))
    elif numbers.now.get(name) is not None:
        paragraphs.append(
            view.text("tile.exact", value=view.formats.exact(numbers.now[name], kind))
        )
    if numbers.before.get(name) is not None:
        paragraphs.append(
            view.text("tile.before", value=view.formats.exact(numbers.before[name], kind))
        )
        if view.metric(name).as_of and isinstance(view.comparison, Compared):
            moment = view.comparison.as_of(view.period, view.tenant.as_of_local)
            paragraphs.append(view.text("tile.as_of", moment=view.formats.moment(moment)))
        if _is_young(view, name):
            paragraphs.append(view.text("tile.young"))
    return math_free("\n\n".join(paragraphs))
