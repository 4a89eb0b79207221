"""The orders that a number was summed from, for a page, a program and an assistant."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Table
from facet.rights.codes import PERSONAL_DATA

BUYER: Final = "person__full_name"
_ORDER: Final = "sales_order"


@dataclass(frozen=True)
class OrderSource:
    """What a metric's orders are told by: entries of the ledger, or what people have credit for."""

    entity: str
    #: The metric that counts its orders.
    orders: str

    def of(self, column: str) -> str:
        """A dimension of an order."""
        return f"{self.entity}__{column}"


_LEDGER: Final = OrderSource("ledger_entry", "orders")
_CREDITS: Final = OrderSource("sales_credit", "credited_orders")


def source_of(metric: str) -> OrderSource:
    """What a metric's orders are told by."""
    return _CREDITS if metric.startswith("credited_") else _LEDGER


def summed_orders(
    view: TenantView,
    metric: str,
    *,
    where: Where,
    period: Period | None,
    known_after: datetime | None = None,
) -> Table:
    """Orders with the metric of each, the largest first; they sum to the number.

    Whether an order was placed in its period is in it too: what is given back may be of another.
    """
    source = source_of(metric)
    number = source.of("order_number")
    by = [_ORDER, number]
    by += [source.of(name) for name in ("order_date__day", "channel_name", "buyer_type")]
    if names_buyers(view):
        by.append(BUYER)
    table = view.query(
        [*dict.fromkeys((source.orders, metric))],
        by=by,
        where=where,
        period=period,
        known_after=known_after,
        order_by=[f"-{metric}", number],
    )
    # what is not known is told as such
    rows = tuple(row for row in table.rows if row[-1] != 0)
    return Table(table.columns, rows)


def sum_of_orders(
    view: TenantView,
    metric: str,
    orders: Table,
    *,
    where: Where,
    period: Period | None,
    known_after: datetime | None = None,
) -> Decimal | None:
    """What the rows add up to; where the metric of one is not known, what the number is."""
    if None in orders.column(metric):
        found = view.query([metric], where=where, period=period, known_after=known_after)
        return found.number(metric)
    return orders.total(metric)


def names_buyers(view: TenantView) -> bool:
    """Whether who looks may see who bought; releases of before have no names."""
    return view.principal.may(PERSONAL_DATA) and view.reader.catalogue.has_dimension(BUYER)
