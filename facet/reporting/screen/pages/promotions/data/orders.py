"""Orders behind a promotion's numbers; they add up to them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from facet.reporting.present.costs import where_costed
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell, Fields, Record, Row, Table, number_of, total
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.session.view import View

MARGIN: Final = "margin_after_promotion_amount"
#: Of an order: what a list names it by.
_ORDER: Final = ("order_id", "order_number", "redeemed_date", "channel_name", "buyer_type")
#: What the margin of several redemptions is told from.
_COSTED: Final = {
    "promoted_recorded_margin_amount": MARGIN,
    "promoted_costed_amount": "promoted_sales_amount",
}
#: What was taken off, and what was given free at its cost.
_COSTS: Final = {"fct_redemption_lines": "discount_amount", "fct_free_items": "cost_amount"}


@dataclass(frozen=True, kw_only=True)
class Breakdowns:
    """What the charts of one promotion are drawn from; all of it adds up to its cost."""

    lines: Table
    free_items: Table
    redeemed: Table
    attempts: Table

    @classmethod
    def of(cls, view: View, promotion: Promotion) -> "Breakdowns":
        """Read them: one query each."""
        all_attempts = _where(promotion, {})
        net = _where(promotion, {"is_net": [True]})
        product = ["category_name", "product_name"]
        marts = view.marts
        return cls(
            lines=marts.totals("fct_redemption_lines", ["discount_amount"], by=product, where=net),
            free_items=marts.totals(
                "fct_free_items",
                ["quantity", "cost_amount"],
                by=product,
                where=net,
                order_by=["-cost_amount", "product_name"],
            ),
            redeemed=marts.totals(
                "fct_promotion_redemptions",
                ["discount_cost_amount"],
                by=["channel_name", "buyer_type"],
                where=net,
            ),
            attempts=marts.totals(
                "fct_promotion_redemptions",
                [],
                by=["redemption_status", "is_net", "rejection_reason"],
                where=all_attempts,
            ),
        )

    def cost_by(self, name: str) -> dict[Cell, Decimal]:
        """The discount cost by category, product or channel: discounts and free items."""
        sources = (
            [(self.redeemed, "discount_cost_amount")]
            if name == "channel_name"
            else [(self.lines, "discount_amount"), (self.free_items, "cost_amount")]
        )
        costs: defaultdict[Cell, Decimal] = defaultdict(Decimal)
        for table, amount in sources:
            for record in table.records():
                costs[record[name]] += number_of(record[amount])
        return {key: cost for key, cost in costs.items() if cost}


def discounts_of(view: View, promotion: Promotion, where: Where) -> list[Row]:
    """The discount of each order on a category, product or channel, with what it was given free."""
    net = {**_where(promotion, where), "is_net": [True]}
    orders: dict[Cell, Record] = {}
    costs: defaultdict[Cell, Decimal] = defaultdict(Decimal)
    for mart, amount in _COSTS.items():
        for record in view.marts.totals(mart, [amount], by=_ORDER, where=net).records():
            orders.setdefault(record["order_id"], record)
            costs[record["order_id"]] += number_of(record[amount])
    discounted = [Row({**orders[key], "cost": cost}) for key, cost in costs.items() if cost]
    return sorted(discounted, key=lambda order: (-order.number("cost"), str(order["order_number"])))


def redemptions_of(
    view: View,
    promotion: Promotion,
    where: Where,
    amounts: Sequence[str],
    period: Period | None = None,
) -> tuple[Row, ...]:
    """The attempts at a promotion that something is true of, the latest first."""
    table = view.marts.rows(
        "fct_promotion_redemptions",
        [*_ORDER, "rejection_reason", *amounts],
        newer=_COSTED if MARGIN in amounts else None,
        where=_where(promotion, where),
        between={"redeemed_date": (period.start, period.end)} if period else None,
        order_by=["-redeemed_date", "-redemption_id"],
    )
    return tuple(map(Row, table.records()))


def margin_of(redemptions: Sequence[Fields]) -> Decimal | None:
    """The margin on them together, as the tile has it."""
    names = (*_COSTED, "promoted_sales_amount")
    return where_costed(*(total(redemptions, name) for name in names))


def _where(promotion: Promotion, where: Where) -> Where:
    return {"promotion_id": [promotion["promotion_id"]], **where}
