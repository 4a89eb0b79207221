"""The oracle of sales itself, on a shop so small that every figure was worked out on paper.

Each day of March is a case, and its order has the day's number.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.oracle.query import query_oracle
from tests.project.paper_shop import AUCKLAND, PARIS, PaperShop, write

_ORACLE = Path(__file__).parents[1] / "oracle" / "00_sales.sql"

Figures = dict[tuple[int, str, date], Decimal]


def _at(day: int) -> str:
    """The same day in Paris and in Auckland."""
    return f"2026-03-{day:02}T10:00Z"


def _line(shop: PaperShop, line: int, order: int, price: str, **more: Any) -> None:
    shop.add(
        "order_items", id=line, order_id=order, product_id=1, quantity=1, unit_price=price, **more
    )


def _paid(shop: PaperShop, order: int, amount: str, method: str = "card") -> None:
    shop.add("order_payments", order_id=order, amount=amount, method=method, status="succeeded",
             paid_at=_at(order))  # fmt: skip


def _back(shop: PaperShop, order: int, amount: str, **more: Any) -> None:
    shop.add("order_refunds", **{"order_id": order, "amount": amount, "status": "succeeded",
                                 "refunded_at": _at(order), **more})  # fmt: skip


def _lines_and_cards(shop: PaperShop) -> None:
    # 2: a card comes back by its return. 3: everything comes back, 150 without a line.
    for order in (2, 3):
        shop.order(order, _at(order), "100")
        _line(shop, 200 + order, order, "50", is_gift_card=True)
    shop.add("order_returns", id=2, order_id=2, order_item_id=202, quantity=1, status="received",
             received_at=_at(2))  # fmt: skip
    _back(shop, 2, "50", return_id=2)
    _back(shop, 3, "150")
    # 4: a line of 50 was removed and 50 given back; 5: by name; 6: by name, and 5 more than it was
    for order, back in ((4, "50"), (5, "50"), (6, "55")):
        shop.order(order, _at(order), "100")
        _line(shop, 200 + order, order, "50", deleted_at=_at(order))
        _paid(shop, order, "150")
        _back(shop, order, back, order_item_id=200 + order if order > 4 else None)
    # 7: the refund names a card of another order: it counts for the ring
    shop.order(7, _at(7), "100")
    _back(shop, 7, "100", order_item_id=202)
    # 8: 130 back of a ring of 100
    shop.order(8, _at(8), "100")
    _back(shop, 8, "130")


def _till(shop: PaperShop) -> None:
    # 10: three lines of 10.01 in a currency at 0.5, paid at once
    shop.order(10, _at(10), "10.01", currency_code="CAD", exchange_rate="0.5")
    _line(shop, 210, 10, "10.01")
    _line(shop, 211, 10, "10.01")
    _paid(shop, 10, "30.03")
    # 11: a deposit of 300, cancelled on the 20th, 200 given back, with 10 of shipping
    shop.order(11, _at(11), "1000", status="cancelled", cancelled_at=_at(20))
    _paid(shop, 11, "300")
    _back(shop, 11, "200", shipping_amount="10", refunded_at=_at(20))
    # 12: paid by gift card. 13: 20 too much, given back. 14: paid again with another card
    shop.order(12, _at(12), "50")
    _paid(shop, 12, "50", "gift_card")
    shop.order(13, _at(13), "100")
    _paid(shop, 13, "120")
    _back(shop, 13, "20")
    shop.order(14, _at(14), "100")
    _paid(shop, 14, "100")
    _back(shop, 14, "100")
    _paid(shop, 14, "100")


def _costs(shop: PaperShop) -> None:
    # 16: nobody knows what anything cost; 17: of half of it; 18: it is known to be nothing
    shop.order(16, _at(16), "70")
    shop.order(17, _at(17), "70", cost="20")
    _line(shop, 217, 17, "70")
    shop.order(18, _at(18), "70", cost="0")


@pytest.fixture(scope="module")
def figures(operational_database: Callable[[], str]) -> Figures:
    url = write(operational_database(), _lines_and_cards, _till, _costs)
    return {
        (tenant, metric, day): Decimal(value)
        for tenant, metric, day, value in query_oracle(url, "sales_metrics")
    }


#: Of a day: figures that are not 0, or None where there must be none.
_MUST: dict[int, dict[str, str | None]] = {
    2: {"returns": "0", "net_sales": "100", "gift_cards_sold": "50", "gift_card_liability": "0",
        "refunds_paid": "50"},
    3: {"returns": "100", "net_sales": "0", "gift_card_liability": "0"},
    4: {"gross_sales": "150", "returns": "50", "net_sales": "100", "units": "1",
        "balance_due": "0"},
    5: {"gross_sales": "150", "returns": "50", "net_sales": "100", "units": "1",
        "balance_due": "0"},
    6: {"gross_sales": "150", "returns": "55", "net_sales": "95", "balance_due": "0"},
    7: {"returns": "100", "net_sales": "0", "gift_card_liability": "0"},
    8: {"returns": "130", "net_sales": "-30"},
    10: {"gross_sales": "15.03", "payments_collected": "15.02", "balance_due": "0"},
    11: {"gross_sales": "0", "orders": "0", "payments_collected": "300", "payments_net": "300"},
    20: {"refunds_paid": "210", "payments_net": "-210", "cancelled_orders": "1",
         "cancelled_sales": "1000", "deposits_kept": "90", "returns": "0"},
    12: {"payments_collected": "50", "gift_cards_redeemed": "50", "payments_net": "0",
         "gift_card_liability": "-50", "balance_due": "0"},
    13: {"returns": "0", "net_sales": "100", "payments_net": "100", "balance_due": "0"},
    14: {"returns": "0", "net_sales": "100", "payments_net": "100", "balance_due": "0"},
    16: {"cost_coverage_rate": "0", "cost_of_goods": None, "gross_margin": None,
         "gross_margin_rate": None, "net_sales": "70"},
    17: {"cost_coverage_rate": "0.5", "cost_of_goods": "20", "gross_margin": "120"},
    18: {"cost_coverage_rate": "1", "cost_of_goods": "0", "gross_margin": "70"},
}  # fmt: skip


@pytest.mark.parametrize("tenant", [PARIS, AUCKLAND], ids=["paris", "auckland"])
@pytest.mark.parametrize("day", sorted(_MUST))
def test_the_oracle_says_what_was_worked_out_on_paper(
    figures: Figures, tenant: int, day: int
) -> None:
    for metric, wanted in _MUST[day].items():
        got = figures.get((tenant, metric, date(2026, 3, day)))
        if wanted is None:
            assert got is None, metric
        else:
            assert (got or 0) == Decimal(wanted), metric


def test_a_refund_gives_back_what_is_left_of_each_line(
    operational_database: Callable[[], str],
) -> None:
    """100 for the ring by its return, then 100: the chain's, though half of it would be the ring's;
    of 101 dong over two equal lines 51 are the first's."""

    def fill(shop: PaperShop) -> None:
        shop.order(1, _at(1), "100")
        _line(shop, 201, 1, "100")
        shop.add("order_returns", id=1, order_id=1, order_item_id=1, quantity=1, status="requested")
        _back(shop, 1, "100", return_id=1)
        _back(shop, 1, "100")
        shop.order(2, _at(2), "100", currency_code="VND")
        _line(shop, 202, 2, "100")
        _back(shop, 2, "101")

    url = write(operational_database(), fill)
    with psycopg.connect(url) as connection:
        connection.execute(_ORACLE.read_bytes())
        rows = connection.execute("select line_id, sum(there) from returned group by 1").fetchall()
    paris = {1: 100, 201: 100, 2: 51, 202: 50}
    assert dict(rows) == paris | {line + 100_000: there for line, there in paris.items()}
