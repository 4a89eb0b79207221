"""Tiles of stock and sales, and what needs somebody now."""

from collections.abc import Iterator
from typing import Final

from facet.reporting.query.table import Cell, total_if_known
from facet.reporting.screen.pages.products.data.details import differences_of
from facet.reporting.screen.pages.products.data.products import Products
from facet.reporting.screen.parts.attention import Line, needs_attention
from facet.reporting.screen.parts.tiles import Tile, plain_tiles, tiles
from facet.reporting.screen.session.view import View

_OF_PERIOD: Final = ("net_units",)
_OF_MOVEMENTS: Final = ("stock_out_days", "sales_lost_to_stock_outs")
_NOW: Final = ("stock_at_cost", "dead_stock_at_cost", "stock_cover_days", "return_on_inventory")


def stock_tiles(view: View, products: Products) -> None:
    """Show what is there now, then what the period sold of it."""
    now = view.query(_NOW, period=None).records()
    found = dict(now[0]) if now else {}
    if products.has_stock_records:
        units = view.text("product.pieces", count=view.count(products.sum("units_on_hand")))
        notes = {"stock_at_cost": units}
        shown = [_tile(view, name, found.get(name), notes.get(name)) for name in _NOW]
        plain_tiles(shown, of="stock")
    further = _OF_MOVEMENTS if products.has_movements else ()
    also = [_sell_through(view, products)] if products.has_movements else []
    tiles(view, (*_OF_PERIOD, *further), also=also)


def what_needs_somebody(view: View, products: Products) -> None:
    """A line for each thing that somebody should see to."""
    missing: list[str] = []
    if not products.has_stock_records:
        missing = [
            f":material/inventory_2: **{view.text('stock.none')}**",
            view.text("stock.none_why"),
        ]
    elif not products.has_movements:
        missing = [f":material/inventory_2: {view.text('stock.no_movements')}"]
    nothing = view.text("product.needs_nobody")
    needs_attention(view, _lines(view, products), nothing=nothing, missing=missing)


def _tile(view: View, name: str, value: Cell, note: str | None) -> Tile:
    kind = view.kind(name)
    exact = view.text("tile.exact", value=view.formats.exact(value, kind))
    return Tile(
        name=name,
        label=view.label(name),
        value=view.formats.short(value, kind),
        note=note,
        help=f"{view.description(name)}\n\n{exact}",
    )


def _sell_through(view: View, products: Products) -> Tile:
    return Tile(
        name="sell_through",
        label=view.text("product.sell_through"),
        value=view.formats.share(products.sell_through),
        help=view.text("product.sell_through_means"),
    )


def _lines(view: View, products: Products) -> Iterator[Line]:
    ran_out = [row for row in products.to_reorder if row["reorder_reason"] == "ran_out"]
    if ran_out:
        yield Line(
            "production_quantity_limits",
            view.text("needs.ran_out", count=view.count(len(ran_out))),
            "list-of-reorder",
        )
    if short := len(products.to_reorder) - len(ran_out):
        yield Line(
            "hourglass_bottom", view.text("needs.short", count=view.count(short)), "list-of-reorder"
        )
    if marked := products.to_mark_down:
        bound = total_if_known(marked, "stock_at_cost_amount")
        key = "needs.mark_down" if bound is not None else "needs.mark_down_unknown"
        amount = view.formats.exact(bound, "money")
        yield Line(
            "sell",
            view.text(key, count=view.count(len(marked)), amount=amount),
            "list-of-mark_down",
        )
    if differences := differences_of(view) if products.has_movements else ():
        yield Line(
            "rule",
            view.text("needs.differences", count=view.count(len(differences))),
            "list-of-differences",
        )
    if oversold := products.having("oversold_units"):
        yield Line(
            "exposure_neg_1",
            view.text("needs.oversold", count=view.count(len(oversold))),
            "list-of-products",
        )
    if below := products.having("is_below_cost"):
        yield Line(
            "trending_down",
            view.text("needs.below_cost", count=view.count(len(below))),
            "list-of-products",
        )
    if uncosted := products.having("has_unknown_cost"):
        yield Line(
            "money_off",
            view.text("needs.unknown_cost", count=view.count(len(uncosted))),
            "list-of-products",
        )
    if unmatched := products.having("has_unmatched_sku"):
        yield Line(
            "barcode", view.text("needs.sku", count=view.count(len(unmatched))), "list-of-products"
        )
    if invalid := products.having("has_invalid_attribute"):
        yield Line(
            "label_off",
            view.text("needs.attribute", count=view.count(len(invalid))),
            "list-of-products",
        )
    if bare := products.having("lacks_photograph"):
        yield Line(
            "no_photography",
            view.text("needs.photograph", count=view.count(len(bare))),
            "list-of-products",
        )
