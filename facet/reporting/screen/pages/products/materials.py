"""What materials cost now, and what a rise of metals would do to margin; none of it is kept."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from facet.reporting.query.table import Record, number_of, total_if_known
from facet.reporting.screen.pages.products.data.details import materials_of, year_margin_of
from facet.reporting.screen.pages.products.data.products import Products
from facet.reporting.screen.parts.cells import column, share_of, summed
from facet.reporting.screen.parts.headings import minor_heading, subheading
from facet.reporting.screen.parts.table import listing
from facet.reporting.screen.parts.tiles import Tile, plain_tiles
from facet.reporting.screen.session.view import View

_METAL: Final = "metal"
_RISE: Final = 10
#: Units that materials are counted in.
UNITS: Final = ("gram", "carat", "piece", "metre")
#: What the calculator tells.
RESULTS: Final = ("more", "margin_now", "margin_then")
_PERCENT: Final = Decimal(100)


def price_what_if(view: View, products: Products) -> None:
    """Try a rise in the price of metals on the year's sales."""
    metals = [row for row in materials_of(view) if row["material_type"] == _METAL]
    if not metals:
        return
    with st.container(key="what-if", border=True):
        subheading(view.text("material.what_if"))
        st.caption(view.text("material.what_if_means"))
        left, right = st.columns([3, 2], gap="medium")
        labels = {str(row["material_id"]): str(row["material_name"]) for row in metals}
        with left:
            chosen = st.multiselect(
                view.text("material.metals"),
                list(labels),
                default=[str(row["material_id"]) for row in metals if _is_gold(row)]
                or list(labels),
                format_func=labels.__getitem__,
                key="what-if-metals",
            )
        with right:
            rise = st.number_input(
                view.text("material.rise"),
                min_value=-90,
                max_value=500,
                value=_RISE,
                step=1,
                key="what-if-rise",
            )
        taken = [row for row in metals if str(row["material_id"]) in chosen]
        _result(view, products, taken, Decimal(rise) / _PERCENT)


def more_cost(metals: Sequence[Record], rise: Decimal) -> Decimal | None:
    """What the year's sales would cost more at a rise of metals (0.1 is 10 %), to the cent.

    None where one of them has no price.
    """
    cost = total_if_known(metals, "year_cost_amount")
    return None if cost is None else (cost * rise).quantize(Decimal("0.01"))


def material_list(view: View, products: Products) -> None:
    """Materials at present prices, and what these make of the cost that products were sold at."""
    materials = materials_of(view)
    if not materials:
        return
    subheading(view.text("material.title"))
    low = partial(_is_low, view)
    columns = [
        column(view, "material.name", "material_name"),
        column(view, "material.price", "unit_cost", kind="money"),
        column(view, "material.unit", lambda row: view.word("material_unit", row["unit"])),
        column(view, "material.on_hand", "quantity_on_hand", kind="decimal"),
        *([column(view, "material.reorder", low)] if any(map(low, materials)) else []),
        column(view, "product.products", "product_count", kind="count"),
        summed(view, "material.year_cost", "year_cost_amount", is_short=True, needs_all=True),
    ]
    listing(view, "materials", materials, columns, has_total=True)
    gaps = [row for row in products.rows if row["cost_gap_amount"] is not None]
    if not gaps:
        return
    minor_heading(view.text("material.gaps"))
    st.caption(view.text("material.gaps_means"))
    listing(
        view,
        "cost-gaps",
        sorted(gaps, key=lambda row: -row.number("cost_gap_amount")),
        [
            column(view, "product.product", "product_name", width=240),
            column(view, "product.list_price", "list_price", kind="money"),
            column(view, "product.material_cost", "material_cost_amount", kind="money"),
            column(view, "product.last_unit_cost", "last_unit_cost_amount", kind="money"),
            column(view, "product.cost_gap", "cost_gap_amount", kind="money"),
        ],
    )


def _result(view: View, products: Products, metals: Sequence[Record], rise: Decimal) -> None:
    margin, sales = year_margin_of(view), products.sum("year_net_sales_amount")
    more = more_cost(metals, rise)
    then = None if margin is None or more is None else margin - more
    values = {"more": more, "margin_now": margin, "margin_then": then}
    notes = {
        name: view.text("material.rate", rate=view.formats.exact(share_of(amount, sales), "rate"))
        for name, amount in values.items()
        if name != "more" and amount is not None
    }
    tiles = [
        Tile(
            name=name,
            label=view.text(f"material.{name}"),
            value=view.formats.short(values[name], "money"),
            help=view.text("tile.exact", value=view.formats.exact(values[name], "money")),
            note=notes.get(name),
        )
        for name in RESULTS
    ]
    plain_tiles(tiles, of="what-if")


def _is_gold(material: Record) -> bool:
    """Whether its code begins with the symbol of gold, as alloys are coded."""
    return str(material["material_code"] or "").upper().startswith("AU")


def _is_low(view: View, material: Record) -> str:
    if not material["is_to_reorder"] or not number_of(material["product_count"]):
        return ""
    return view.text("material.low")
