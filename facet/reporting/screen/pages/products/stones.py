"""Stones: what a carat of which kind costs, and how long such pieces lie."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Cell, Record, total
from facet.reporting.screen.pages.products.data.details import stones_of
from facet.reporting.screen.pages.products.groups import Group, sum_of
from facet.reporting.screen.parts.cells import Column, column
from facet.reporting.screen.parts.headings import subheading
from facet.reporting.screen.parts.pills import one_of
from facet.reporting.screen.parts.table import listing, written_table
from facet.reporting.screen.session.view import View

#: By what stones are put together.
BY: Final = ("stone_name", "shape", "color", "clarity", "cut_grade", "fluorescence", "carat")
#: Weights from which a group of carats begins.
_CARATS: Final = tuple(map(Decimal, ("0", "0.3", "0.5", "1", "2")))


class StoneGroup(Group):
    """Stones that are alike."""

    @property
    def price_per_carat(self) -> Decimal | None:
        """List prices together by carats together, to the cent."""
        known = [row for row in self.rows if row["list_price"] is not None and row["carat_weight"]]
        carats = total(known, "carat_weight")
        return (total(known, "list_price") / carats).quantize(Decimal("0.01")) if carats else None

    @property
    def days_to_sell(self) -> Decimal | None:
        """Mean over the units whose receipt is known."""
        known = [row for row in self.rows if row["days_to_sell"] is not None]
        units = total(known, "known_units")
        days = sum(
            (Decimal(str(row["days_to_sell"])) * Decimal(str(row["known_units"])) for row in known),
            Decimal(),
        )
        return (days / units).quantize(Decimal(1), rounding=ROUND_HALF_UP) if units else None


def stone_tables(view: View) -> None:
    """Stones by what somebody chooses, and each of them."""
    stones = stones_of(view)
    if not stones:
        return
    subheading(view.text("stone.title"))
    st.caption(view.text("stone.means"))
    by = one_of(view.text("stone.by"), BY, lambda name: view.text(f"stone.{name}"), key="stone")
    columns = [
        column(view, f"stone.{by}", lambda group: group.label),
        column(view, "product.products", lambda group: len(group.rows), kind="count"),
        column(view, "stone.per_carat", lambda group: group.price_per_carat, kind="money"),
        column(view, "product.on_hand", partial(sum_of, "units_on_hand"), kind="count"),
        column(view, "product.year_units", partial(sum_of, "year_net_units"), kind="count"),
        column(view, "stone.days_to_sell", lambda group: group.days_to_sell, kind="count"),
    ]
    written_table(view, groups_of(view, stones, by), columns)
    with st.expander(view.text("stone.all"), icon=":material/diamond:"):
        listing(view, "stones", stones, _columns(view))


def groups_of(view: View, stones: Sequence[Record], by: str) -> Sequence[StoneGroup]:
    """Stones that are alike by one thing; those of which it is not known come last."""
    found: dict[str, list[Record]] = {}
    for stone in stones:
        found.setdefault(_alike(view, stone, by), []).append(stone)
    unknown = view.text("stone.unknown")
    order = [_carats(view, n) for n in range(len(_CARATS))] if by == "carat" else []

    def place(label: str) -> tuple[bool, int, str]:
        return label == unknown, order.index(label) if label in order else 0, label

    return [StoneGroup(label=label, rows=found[label]) for label in sorted(found, key=place)]


def _alike(view: View, stone: Record, by: str) -> str:
    if by != "carat":
        value = stone[by]
        return view.text("stone.unknown") if value is None else _called(view, by, value)
    if stone["carat_weight"] is None:
        return view.text("stone.unknown")
    weight = Decimal(str(stone["carat_weight"]))
    return _carats(view, max(n for n, least in enumerate(_CARATS) if weight >= least))


def _called(view: View, by: str, value: Cell) -> str:
    """What stones and their shapes are called; grades are the same in any language."""
    return view.word(f"stone_{by.removeprefix('stone_')}", value)


def _carats(view: View, number: int) -> str:
    least = view.formats.exact(_CARATS[number], "decimal")
    if number + 1 == len(_CARATS):
        return view.text("stone.carats_from", least=least)
    most = view.formats.exact(_CARATS[number + 1], "decimal")
    return view.text("stone.carats", least=least, most=most)


def _cell(view: View, name: str, stone: Record) -> str | None:
    return None if stone[name] is None else _called(view, name, stone[name])


def _columns(view: View) -> list[Column]:
    words = ("stone_name", "shape", "color", "clarity", "cut_grade", "fluorescence")
    return [
        column(view, "product.product", "product_name", width=200),
        column(view, "stone.carat", "carat_weight", kind="decimal"),
        *(column(view, f"stone.{name}", partial(_cell, view, name)) for name in words),
        column(view, "product.list_price", "list_price", kind="money"),
        column(view, "stone.per_carat", "price_per_carat_amount", kind="money"),
        column(view, "product.on_hand", "units_on_hand", kind="count"),
        column(view, "stone.days_to_sell", "days_to_sell", kind="days"),
    ]
