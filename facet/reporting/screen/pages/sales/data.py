"""One order, as its metrics tell it: all that ever happened to it, whatever the page's filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from facet.reporting.present.filters import PRODUCT
from facet.reporting.present.orders import BUYER, names_buyers, source_of
from facet.reporting.query.table import Cell
from facet.reporting.screen.session.view import View

#: What an order came to.
ORDER_METRICS: Final = (
    *("gross_sales", "discounts", "returns", "net_sales"),
    *("total_sales", "payments_collected", "refunds_paid", "balance_due"),
)
#: What each product of it came to.
LINE_METRICS: Final = ("units", "gross_sales", "discounts", "returns", "net_sales")
_ORDER: Final = "sales_order"
_FACTS: Final = ("order_number", "order_date__day", "channel_name", "buyer_type")


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order: its number, day, channel and buyer, its metrics, and those of each product."""

    facts: Mapping[str, Cell]
    customer: Cell
    numbers: Mapping[str, Cell]
    lines: Sequence[Mapping[str, Cell]]
    product: str


def order_of(view: View, key: str) -> Order | None:
    """An order by its id; None where there is none that counts.

    Its customer is told to those who may see names.
    """
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    whole = view.showing(view.filters.everything())
    of = source_of("net_sales").of
    where = {_ORDER: [int(key)]}
    by = [*map(of, _FACTS), *([BUYER] if names_buyers(view) else [])]
    metrics = view.reader.available_metrics(["orders", *ORDER_METRICS])
    found = whole.query(metrics, by=by, where=where, period=None).records()
    counted = [record for record in found if record["orders"]]
    if not counted:
        return None
    product = view.resolve(PRODUCT)
    lines = whole.query(
        view.reader.available_metrics(LINE_METRICS),
        by=product.columns,
        where=where,
        period=None,
        order_by=["-gross_sales", product.name],
    )
    (record,) = counted
    return Order(
        facts={name: record[of(name)] for name in _FACTS},
        customer=record.get(BUYER),
        numbers={name: record[name] for name in metrics},
        lines=[line for line in lines.records() if line["gross_sales"] or line["returns"]],
        product=product.name,
    )
