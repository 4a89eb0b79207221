"""The orders that a number was summed from, for a page, a program and an assistant."""

from decimal import Decimal
from typing import Final

from facet.reporting.present.filters import DIMENSIONS
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Table
from facet.rights.codes import PERSONAL_DATA

ORDER: Final = "sales_order"
ORDERS: Final = "orders"
NUMBER: Final = "ledger_entry__order_number"
DAY: Final = "ledger_entry__order_date__day"
BUYER: Final = "person__full_name"


def summed_orders(view: TenantView, metric: str, where: Where, period: Period | None) -> Table:
    """Orders with the metric of each, the largest first; they sum to the number.

    Whether an order was placed in its period is in it too: what is given back may be of another.
    """
    by = [ORDER, NUMBER, DAY, DIMENSIONS["channel"].name, DIMENSIONS["buyer"].name]
    if _names_buyers(view):
        by.append(BUYER)
    table = view.query(
        [*dict.fromkeys((ORDERS, metric))],
        by=by,
        where=where,
        period=period,
        order_by=[f"-{metric}", NUMBER],
    )
    # what is not known is told as such
    rows = tuple(row for row in table.rows if row[-1] != 0)
    return Table(table.columns, rows)


def sum_of_orders(
    view: TenantView, metric: str, orders: Table, where: Where, period: Period | None
) -> Decimal | None:
    """What the rows add up to; where the metric of one is not known, what the number is."""
    if None in orders.column(metric):
        return view.query([metric], period=period, where=where).number(metric)
    return orders.total(metric)


def _names_buyers(view: TenantView) -> bool:
    """Whether who looks may see who bought; releases of before have no names."""
    return view.principal.may(PERSONAL_DATA) and view.reader.catalogue.has_dimension(BUYER)
