"""Products as of now and over the year, and what each did in the period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.query.table import Cell, Row, number_of, total
from facet.reporting.screen.parts.cells import share_of
from facet.reporting.screen.parts.empty import stop_with_nothing_yet
from facet.reporting.screen.session.view import View

#: From what carries the shop to what does not sell.
CLASSES: Final = ("a", "b", "c", "dead")
#: Ages of stock, from the youngest.
AGES: Final = ("young", "middle", "old", "ageless")
REORDER: Final = ("ran_out", "short")
MARK_DOWN: Final = ("dead", "aged", "overstocked")
_COLUMNS: Final = (
    *("product_id", "sku", "product_name", "abc_class", "reorder_reason", "mark_down_reason"),
    *("units_on_hand", "oversold_units", "available_units"),
    *(f"{age}_units" for age in AGES),
    *("stock_out_day_count", "year_net_units", "reorder_units", "cover_days", "list_price"),
    *("material_cost_amount", "last_unit_cost_amount", "cost_gap_amount", "stock_at_cost_amount"),
    *("year_net_sales_amount", "return_on_inventory", "is_never_sold", "lacks_photograph"),
    *("is_below_cost", "last_sold_date", "last_received_date"),
)
#: Faults that a release made before does not tell.
_NEWER: Final = dict.fromkeys(("has_unknown_cost", "has_unmatched_sku", "has_invalid_attribute"))
_SUMS: Final = (
    *("net_units", "net_sales_amount", "demand_sales_amount", "costed_demand_amount"),
    *("cost_amount", "receipt_units"),
)
_LONG_AGO: Final = date(1990, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Product(Row):
    """A product, with its sums of the period; `opening_units` were there when it began."""

    period: Mapping[str, Cell] = field(default_factory=dict)
    opening_units: Decimal = Decimal()

    def of_period(self, name: str) -> Decimal:
        """A sum of the period; 0 where nothing happened."""
        return number_of(self.period.get(name))

    @property
    def name(self) -> str:
        """Its label."""
        return str(self["product_name"])

    @property
    def key(self) -> str:
        """Its key in the address."""
        return str(self["product_id"])

    @property
    def margin(self) -> Decimal | None:
        """Gross margin of the period; None where no cost is known."""
        return where_costed(
            self.of_period("net_sales_amount") - self.of_period("cost_amount"),
            self.of_period("costed_demand_amount"),
            self.of_period("demand_sales_amount"),
        )

    @property
    def sell_through(self) -> Decimal | None:
        """Net units by what was there at first and came in; None where that is nothing."""
        there = self.opening_units + self.of_period("receipt_units")
        return share_of(self.of_period("net_units"), there)


@dataclass(frozen=True, kw_only=True)
class Products:
    """All products of the page."""

    rows: tuple[Product, ...]

    @classmethod
    def of(cls, view: View) -> "Products":
        """Read them; the page ends where there are none.

        Raises:
            EndOfPage: the shop has no product.
        """
        found = view.marts.rows(
            "rpt_products",
            _COLUMNS,
            newer=_NEWER,
            order_by=["-year_net_sales_amount", "product_id"],
        )
        if not found:
            stop_with_nothing_yet(
                view.text("product.none"), view.text("product.none_why"), icon="diamond"
            )
        sums, opening = _period_of(view), _opening_of(view)
        return cls(
            rows=tuple(
                Product(
                    record=record,
                    period=sums.get(record["product_id"], {}),
                    opening_units=number_of(opening.get(record["product_id"])),
                )
                for record in found.records()
            )
        )

    @cached_property
    def to_reorder(self) -> Sequence[Product]:
        """What to order: what ran out first, then by sales of the year."""
        rows = [row for row in self.rows if row["reorder_reason"]]
        return sorted(rows, key=lambda row: REORDER.index(str(row["reorder_reason"])))

    @cached_property
    def to_mark_down(self) -> Sequence[Product]:
        """What to mark down: what binds most money first."""
        rows = [row for row in self.rows if row["mark_down_reason"]]
        return sorted(rows, key=lambda row: -row.number("stock_at_cost_amount"))

    def having(self, flag: str) -> Sequence[Product]:
        """Products of which something holds, or that have some of it."""
        return [row for row in self.rows if row[flag]]

    def sum(self, name: str) -> Decimal:
        """The sum of a column over all."""
        return total(self.rows, name)

    @property
    def has_stock_records(self) -> bool:
        """Whether the shop records its stock; where all of it is sold, that is known too."""
        return any(row["units_on_hand"] is not None for row in self.rows)

    @property
    def has_movements(self) -> bool:
        """Whether the shop records what came and went, without which no stock-out is known."""
        return any(row["stock_out_day_count"] is not None for row in self.rows)

    @property
    def sell_through(self) -> Decimal | None:
        """Net units of the period by opening stock and receipts, of all products."""
        there = sum((row.opening_units + row.of_period("receipt_units") for row in self.rows), 0)
        sold = sum((row.of_period("net_units") for row in self.rows), Decimal())
        return share_of(sold, there or None)


def _period_of(view: View) -> Mapping[Cell, Mapping[str, Cell]]:
    days = {"activity_date": (view.period.start, view.period.end)}
    table = view.marts.totals("fct_product_days", _SUMS, by=["product_id"], between=days)
    return {record["product_id"]: record for record in table.records()}


def _opening_of(view: View) -> Mapping[Cell, Cell]:
    """What history says was on hand as the period began."""
    days = {"activity_date": (_LONG_AGO, view.period.start - timedelta(days=1))}
    table = view.marts.totals("fct_product_days", ["change_units"], by=["product_id"], between=days)
    return {record["product_id"]: record["change_units"] for record in table.records()}
