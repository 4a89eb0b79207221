"""Shops of nothing, of one and of very many: their figures, on both engines.

Figures were worked out on paper, from the rows of `edge_shops.py`. It is 22 November 2026; the year
began on 22 November 2025.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facet.reporting.present.readable import readable
from tests.project.compare import rows_of
from tests.project.edge_shops import (
    EMPTY,
    MANY_ORDERS,
    MANY_PRODUCTS,
    NO_COSTS,
    NO_MOVEMENTS,
    NO_STOCK,
    ONE_CUSTOMER,
    ONE_PRODUCT,
)

Rows = list[tuple[Any, ...]]


def _money(*amounts: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


#: Person: scores, segment, orders, those of the year and their net sales, days since the last, days
#: between orders, the shop's, days until overdue, whether it is.
_PERSONS: dict[int, Rows] = {
    ONE_CUSTOMER: [
        (1, 1, 1, 1, "hibernating", 1, 1, *_money("100"), 9, None, None, None, False),
    ],
    MANY_ORDERS: [
        (1, 5, 5, 5, "champion", 1000, 730, *_money("7300"), 0, *_money("1", "1", "1.5"), False),
        (2, 4, 1, 1, "promising", 1, 1, *_money("50"), 10, *_money(None, "1", "1.5"), True),
        (3, 3, 1, 1, "about_to_sleep", 1, 1, *_money("50"), 20, *_money(None, "1", "1.5"), True),
        (4, 2, 1, 1, "hibernating", 1, 1, *_money("50"), 30, *_money(None, "1", "1.5"), True),
        (5, 1, 1, 1, "hibernating", 1, 1, *_money("50"), 40, *_money(None, "1", "1.5"), True),
        (6, None, None, None, "lost", 1, 0, *_money("0"), 685, *_money(None, "1", "1.5"), True),
    ],
}
#: Cohort: month, persons, retention, net sales and margin so far, whether the month is not over; of
#: each cohort the first two months and the last.
_COHORTS: dict[int, Rows] = {
    ONE_CUSTOMER: [(date(2026, 11, 1), 0, 1, *_money("1", "100", "60"), True)],
    MANY_ORDERS: [
        (date(2025, 1, 1), 0, 1, *_money("1", "50", "30"), False),
        (date(2025, 1, 1), 1, 1, *_money("0", "50", "30"), False),
        (date(2025, 1, 1), 22, 1, *_money("0", "50", "30"), True),
        (date(2025, 7, 1), 0, 1, *_money("1", "440", "264"), False),  # 22 days, 2 a day
        (date(2025, 7, 1), 1, 1, *_money("1", "1060", "636"), False),  # and 31 more
        (date(2025, 7, 1), 16, 1, *_money("1", "10000", "6000"), True),
        (date(2026, 10, 1), 0, 2, *_money("1", "100", "60"), False),
        (date(2026, 10, 1), 1, 2, *_money("0", "100", "60"), True),
        (date(2026, 11, 1), 0, 2, *_money("1", "100", "60"), True),
    ],
}
#: Persons, and those who ordered on two days or more: below 200 a model says nothing.
_FITS = {EMPTY: (0, 0), ONE_CUSTOMER: (1, 0), ONE_PRODUCT: (0, 0), MANY_ORDERS: (6, 1)}
#: Product: class, why and how many to order, why to mark down; units on hand and available, by age;
#: stock-out days, what they lost, cover; stock at cost now and at 13 month ends, GMROI, net sales
#: and margin of the year.
_PRODUCTS: dict[int, Rows] = {
    EMPTY: [],
    ONE_PRODUCT: [  # 60 by a thirteenth of the 3 × 40 at the end of October
        (1, "a", None, 0, None, 2, 2, 2, 0, 0, 0, 0, *_money("0", "730"),
         *_money("80", "120", "6.5", "100", "60")),
    ],
    NO_STOCK: [  # 100 of 150 is less than 80 %: the second is A, too
        (1, "a", None, 0, None, *[None] * 7, *_money(None, None, None, None, None, "100", "90")),
        (2, "a", None, 0, None, *[None] * 7, *_money(None, None, None, None, None, "50", "30")),
    ],
    NO_MOVEMENTS: [
        (1, "a", None, 0, None, 4, 4, 0, 0, 0, 4, None, *_money(None, "1460"),
         *_money("160", None, None, "100", "60")),
    ],
    NO_COSTS: [
        (1, "a", None, 0, "aged", 4, 4, 0, 0, 4, 0, 0, *_money("0", "1460"),
         *_money(None, None, None, "100", None)),
    ],
    MANY_PRODUCTS: [  # a day that began with it loses 800 / 90 = 8.89, and so on, eleven times
        (1, "a", "ran_out", 1, None, 0, 0, 0, 0, 0, 0, 11, *_money("97.79", "0"),
         *_money("0", "100", "102.7", "800", "790")),
        (2, "b", "ran_out", 1, None, 0, 0, 0, 0, 0, 0, 11, *_money("18.37", "0"),
         *_money("0", "100", "18.2", "150", "140")),
        (3, "c", None, 0, None, 0, 0, 0, 0, 0, 0, 11, *_money("6.16", "0"),
         *_money("0", "100", "5.2", "50", "40")),
        (4, "dead", None, 0, "dead", 1, 1, 0, 1, 0, 0, 0, *_money("0", None),
         *_money("10", "100", "0", "0", "0")),
    ],
}  # fmt: skip
_OF_STOCK = (
    *("units_on_hand", "stock_at_cost", "dead_stock_at_cost", "stock_cover_days"),
    *("return_on_inventory", "products_to_reorder", "products_to_mark_down"),
)
#: The whole shop: 9,997 × 365 / 3 days; 970 × 13 / 1,000,000.
_STOCK = {
    ONE_PRODUCT: _money("2", "80", "0", "730", "6.5", "0", "0"),
    NO_STOCK: _money(None, None, "0", None, None, "0", "0"),
    NO_MOVEMENTS: _money("4", "160", "0", "1460", None, "0", "0"),
    NO_COSTS: _money("4", None, "0", "1460", None, "0", "1"),
    MANY_PRODUCTS: _money("9997", "99970", "99970", "1216301.66666666", "0.01261", "2", "9997"),
}
_OF_FULFILMENT = (
    *("on_time_rate", "shipments_delivered", "median_days_to_dispatch", "median_days_to_deliver"),
    *("return_rate", "refund_rate", "median_days_to_refund", "returns_requested", "returns_open"),
    *("inbound_received", "median_inbound_lead_days"),
)
_NOTHING = _money(None, "0", None, None)
_FULFILMENT = {
    EMPTY: (*_NOTHING, *_money(None, None, None, "0", "0", "0", None)),
    ONE_CUSTOMER: _money("1", "1", "1", "2", "0", "0", None, "0", "0", "0", None),
    ONE_PRODUCT: _money(None, "1", "1", "2", "0", "0", None, "1", "1", "0", None),
    NO_STOCK: (*_NOTHING, *_money("0", "0", None, "0", "0", "0", None)),
    MANY_ORDERS: (*_NOTHING, *_money("0", "0", None, "0", "0", "0", None)),
}
#: Age: orders, and what is owed for them.
_BALANCES: dict[int, Rows] = {
    EMPTY: [],
    ONE_CUSTOMER: [("up_to_30", 1, Decimal(40))],
    ONE_PRODUCT: [("up_to_30", 1, Decimal(100))],
    MANY_ORDERS: [
        ("over_90", 821, Decimal(8250)),  # 410 days of two, and that of January 2025
        ("up_to_30", 62, Decimal(700)),
        ("up_to_60", 62, Decimal(700)),
        ("up_to_90", 60, Decimal(600)),
    ],
}


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def served(request: pytest.FixtureRequest, edge_database: str, publish: Callable[..., Any]) -> Any:
    return publish(edge_database, request.param)


def _found(served: Any, shop: int, query: str) -> Rows:
    """Rows of a shop's marts; ids as its rows name them."""
    return rows_of(served.release, shop, query.format(first=100_000 * (shop - 1)))


def _metrics(served: Any, shop: int, names: tuple[str, ...]) -> tuple[Any, ...]:
    """A shop's metrics, as pages tell them."""
    reader = served.reader(shop)
    table = readable(reader.metrics(names), reader.catalogue, by=(), names=names)
    return table.rows[0]


def test_persons_are_scored_against_each_other_however_few_they_are(served: Any) -> None:
    query = """
        select person_id - {first}, recency_score, frequency_score, monetary_score, segment,
            order_count, year_order_count, year_net_sales_amount, idle_day_count,
            median_gap_day_count, shop_median_gap_day_count, overdue_after_day_count, is_overdue
        from rpt_persons order by 1
    """
    assert {shop: _found(served, shop, query) for shop in _PERSONS} == _PERSONS
    assert _found(served, EMPTY, query) == _found(served, ONE_PRODUCT, query) == []


def test_cohorts_of_one_and_of_a_thousand_orders(served: Any) -> None:
    query = """
        select cohort_month, month_number, person_count, retention_rate,
            cumulative_net_sales_amount, cumulative_recorded_margin_amount, is_unfinished
        from rpt_cohort_months
        where month_number < 2 or is_unfinished
        order by 1, 2
    """
    assert {shop: _found(served, shop, query) for shop in _COHORTS} == _COHORTS
    assert _found(served, EMPTY, query) == []


def test_no_lifetime_value_is_told_of_so_few(served: Any) -> None:
    query = "select fit_status, person_count, repeat_person_count from rpt_lifetime_fits"
    found = {shop: _found(served, shop, query) for shop in _FITS}
    assert found == {shop: [("too_few", *counts)] for shop, counts in _FITS.items()}


def test_products_of_which_nothing_is_known_are_not_out_of_stock(served: Any) -> None:
    query = """
        select product_id - {first}, abc_class, reorder_reason, reorder_units, mark_down_reason,
            units_on_hand, available_units, young_units, middle_units, old_units, ageless_units,
            stock_out_day_count, lost_sales_amount, cover_days, stock_at_cost_amount,
            month_ends_at_cost_amount, return_on_inventory, year_net_sales_amount,
            year_gross_margin_amount
        from rpt_products where product_id <= {first} + 4 order by 1
    """
    assert {shop: _found(served, shop, query) for shop in _PRODUCTS} == _PRODUCTS
    like_the_fourth = """
        select count(*), sum(stock_at_cost_amount) from rpt_products
        where abc_class = 'dead' and mark_down_reason = 'dead' and units_on_hand = 1
    """
    assert _found(served, MANY_PRODUCTS, like_the_fourth) == [(9997, Decimal(99970))]


def test_what_belongs_to_a_product_that_nobody_counts_is_unknown_too(served: Any) -> None:
    for query in (
        "select units_on_hand, reserved_units from rpt_product_variants",
        "select available_units, set_units from rpt_product_set_items",
        "select units_on_hand, stock_at_cost_amount from rpt_product_categories",
    ):
        assert _found(served, NO_STOCK, query) == [(None, None)], query


def test_metrics_of_stock_are_unknown_where_nothing_is_recorded(served: Any) -> None:
    assert {shop: _metrics(served, shop, _OF_STOCK) for shop in _STOCK} == _STOCK


def test_metrics_of_fulfilment_divide_by_nothing_nowhere(served: Any) -> None:
    found = {shop: _metrics(served, shop, _OF_FULFILMENT) for shop in _FULFILMENT}
    assert found == _FULFILMENT


def test_balances_are_of_every_order_by_its_age(served: Any) -> None:
    query = "select age_band, count(*), sum(balance_due_amount) from rpt_balances_due group by 1"
    found = {shop: sorted(_found(served, shop, query)) for shop in _BALANCES}
    assert found == _BALANCES


def test_shipstation_knows_one_order_and_disagrees_on_none(served: Any) -> None:
    there, differing = (
        {shop: _found(served, shop, f"select count(*) from {mart}") for shop in (EMPTY, 12, 13)}
        for mart in ("rpt_shipstation_orders", "rpt_shipstation_differences")
    )
    assert there == {EMPTY: [(0,)], ONE_CUSTOMER: [(1,)], ONE_PRODUCT: [(0,)]}
    assert set(map(tuple, differing.values())) == {((0,),)}
