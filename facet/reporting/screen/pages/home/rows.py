"""The rows behind a sentence: what each part has and had, and the orders of the one picked."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from facet.reporting.present.charts.rows import waterfall
from facet.reporting.present.charts.style import Point
from facet.reporting.present.contributions import OF_NET_SALES, Effects
from facet.reporting.present.filters import NONE, PRODUCT
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.home.data.stretches import Stretch
from facet.reporting.screen.pages.home.data.why import OTHERS, Split, Why
from facet.reporting.screen.pages.home.sentences import part_name, signed
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.figures import static_chart, unit
from facet.reporting.screen.parts.markdown import escaped
from facet.reporting.screen.parts.orders import drill_down
from facet.reporting.screen.parts.table import Select, listing
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View

_HEADINGS: Final = {
    "channel": "filter.channel",
    "category": "filter.category",
    "buyer": "filter.buyer",
    "person": "home_part.person",
    "promotion": "home_part.promotion",
}


def split_rows(view: View, stretch: Stretch, split: Split) -> None:
    """Show each part with what it has and had, and the orders of the one that is picked."""
    kind = view.kind(split.metric)
    name = f"home-{stretch.preset}-{split.metric}-{split.by}"
    columns = [
        column(view, _HEADINGS[split.by], lambda part: part_name(view, split, part)),
        column(view, "table.now", lambda part: part.now, kind, is_summed=True),
        column(view, "table.before", lambda part: part.before, kind, is_summed=True),
        column(view, "home_part.change", lambda part: part.change, kind, is_summed=True),
    ]
    _say_sum(view, stretch, sum((part.change for part in split.parts), Decimal()), kind)
    part = listing(
        view,
        name,
        split.parts,
        columns,
        select=Select(by=lambda part: NONE if part.key is None else part.key),
        has_total=True,
    )
    if part is None or part.key == OTHERS:
        return
    where = {**split.where, split.dimension.id: [part.key]}
    drill_down(
        view,
        split.metric,
        Selection(
            name=name,
            label=part_name(view, split, part),
            where=where,
            period=stretch.now.period,
        ),
    )


def effect_rows(view: View, stretch: Stretch, reasons: Why, names: Sequence[str]) -> None:
    """Show what quantity, price and so on come to, product by product."""
    assert reasons.effects is not None
    products = [
        (key, effects) for key, effects in reasons.effects.items() if _moved(effects, names)
    ]
    products.sort(key=lambda row: -abs(row[1].of(names)))
    name = f"home-{stretch.preset}-{len(names)}-effects"

    def named(row: tuple[Cell, Effects]) -> str:
        return view.value_label(PRODUCT.name, reasons.products[row[0]])

    def effect(of: Sequence[str]) -> Any:
        return lambda row: row[1].of(of)

    columns = [
        column(view, "home_part.product", named),
        *(_money(view, f"home_part.{each}", effect([each])) for each in names),
        _money(view, "home_part.change", effect(names)),
    ]
    _chart(view, stretch, reasons, names, name)
    _say_sum(view, stretch, reasons.total.of(names), "money")
    st.caption(view.text("home_part.means"))
    by = Select(by=lambda row: NONE if row[0] is None else row[0])
    row = listing(view, name, products, columns, select=by, has_total=True)
    if row is None:
        return
    product = view.resolve(PRODUCT)
    drill_down(
        view,
        "net_sales",
        Selection(
            name=name,
            label=named(row),
            where={product.id: [row[0]]},
            period=stretch.now.period,
        ),
    )


def _chart(view: View, stretch: Stretch, reasons: Why, names: Sequence[str], name: str) -> None:
    """A waterfall from what it was to what it is."""
    figure = stretch.figures[0] if tuple(names) == OF_NET_SALES else stretch.figures[1]

    def build() -> Any:
        now = figure.now or Decimal()
        before = now - reasons.total.of(names)
        values = [before, *(reasons.total.of([each]) for each in names), now]
        labels = [
            view.text("table.before"),
            *(view.text(f"home_part.{each}") for each in names),
            view.text("table.now"),
        ]
        written = view.formats.side_by_side(values, "money")
        steps = [
            Point(
                label=label,
                value=float(value),
                text=view.formats.exact(value, "money"),
                short=written(value),
            )
            for label, value in zip(labels, values, strict=True)
        ]
        return waterfall(steps, totals=[n in (0, len(steps) - 1) for n in range(len(steps))])

    title = view.text("home_part.chart", metric=view.label(figure.metric))
    static_chart(view, f"{name}-{stretch.comparison}", title, unit(view, "money"), build)


def _say_sum(view: View, stretch: Stretch, change: Decimal, kind: Any) -> None:
    assert stretch.before is not None
    st.caption(
        escaped(
            view.text(
                "home_part.adds_up",
                now=view.formats.period(stretch.now.period),
                before=view.formats.period(stretch.before.period),
                change=signed(view.formats.exact(change, kind), change),
            )
        )
    )


def _money(view: View, text: str, value: Any) -> Column:
    return column(view, text, value, "money", is_summed=True)


def _moved(effects: Effects, names: Sequence[str]) -> bool:
    return any(getattr(effects, name) for name in names)
