"""What pages compare with: like with like, in tiles, charts, tables and words alike."""

from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.present.filters import DIMENSIONS, Filters
from facet.reporting.present.series import part_series, trend_series, trend_values
from facet.reporting.query.comparing import Comparison
from facet.reporting.query.periods import Grain, Period
from facet.reporting.screen.session.view import View
from tests.dashboards.reading import App, overview, tiles, words
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK, SAIGON, Order, publish_house

#: The data is of 18 March 2026, 11:30 in New York and 22:30 in Saigon.
TODAY, BEFORE = date(2026, 3, 18), date(2025, 3, 18)
ORDERS = (
    Order(order_id=1, day=date(2024, 1, 5), gross="70.00", paid="70.00"),
    # the year before: two until 11:30, one a second later; one of the day before, paid later
    Order(order_id=2, day=BEFORE, gross="100.00", at=time(11, 29, 59), paid="60.00"),
    Order(order_id=3, day=BEFORE, gross="50.00", at=time(11, 30), paid="50.00", channel="Website"),
    Order(order_id=4, day=BEFORE, gross="1000.00", at=time(11, 30, 1), paid="1000.00"),
    Order(
        order_id=5, day=date(2025, 3, 17), gross="40.00", at=time(23), paid="40.00",
        paid_on=date(2025, 3, 20),
    ),
    Order(order_id=6, day=date(2026, 3, 17), gross="80.00", paid="75.00"),
    # all of it comes back on 10 March, a day without a sale
    Order(
        order_id=7, day=date(2024, 6, 1), gross="500.00", cost="100.00", paid="500.00",
        refunded_on=date(2026, 3, 10), refund="500.00",
    ),
    # Saigon: by 22:30 all but what was ordered a minute later
    Order(tenant_id=SAIGON, order_id=1, day=date(2024, 1, 5), gross="10"),
    Order(tenant_id=SAIGON, order_id=2, day=BEFORE, gross="2000", at=time(22, 30)),
    Order(tenant_id=SAIGON, order_id=3, day=BEFORE, gross="4000", at=time(22, 31)),
    Order(tenant_id=SAIGON, order_id=4, day=TODAY, gross="3000", at=time(20)),
)  # fmt: skip


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    settings = Settings(home=tmp_path_factory.mktemp("mornings"))
    return publish_house(settings, semantic_manifest, orders=ORDERS, more=_fair)


def _fair(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """A fair in New York, which was a day later the year before; Saigon has no event."""
    connection.execute(
        """
        create table facet_marts.dim_events as
        select
            1 as tenant_id, 'own: Fair' as event_code, 'Fair' as event_name, 1000 as event_rank,
            true as is_own, date '2026-03-17' as start_date, date '2026-03-17' as end_date,
            date '2025-03-18' as year_before_start_date
        """
    )
    return ("dim_events",)


@pytest.fixture(scope="module")
def view_of(mornings: Release) -> Callable[..., View]:
    def view(tenant_id: int, **chosen: object) -> View:
        view = View.of(fixtures.sign_in(mornings, tenant_id), mornings, "en")
        return view.showing(Filters(**chosen))  # type: ignore[arg-type]

    return view


def _drawn(view: View) -> list[float]:
    before = trend_series(view, "net_sales")[1]
    assert before is not None
    return [point.value for point in before.points if point.value is not None]


def test_the_same_time_of_day_cuts_tiles_charts_and_parts_alike(
    view_of: Callable[..., View],
) -> None:
    for tenant_id, expected in ((NEW_YORK, Decimal("190.00")), (SAIGON, Decimal("2000.00"))):
        view = view_of(tenant_id, preset="last_7_days")
        assert view.numbers(["net_sales"]).before == {"net_sales": expected}
        assert sum(_drawn(view)) == float(expected)
        channel = part_series(view, "net_sales", view.resolve(DIMENSIONS["channel"]))[1]
        drawn = [point.value or 0 for point in channel.points] if channel else []
        assert sum(drawn) == (140 if tenant_id == NEW_YORK else 2000)  # the website sold nothing


@pytest.mark.parametrize("grain", get_args(Grain))
@pytest.mark.parametrize("comparison", ["year", "weekday", "before"])
def test_the_line_adds_up_to_the_tile(
    view_of: Callable[..., View], comparison: Comparison, grain: Grain
) -> None:
    """Over a leap day, whole weeks, and a month that is longer than the one after it."""
    for start, end in (
        (date(2025, 1, 31), date(2025, 6, 2)),
        (date(2025, 3, 17), date(2025, 3, 23)),
        (date(2026, 2, 27), date(2026, 3, 31)),
    ):
        custom = Period(start, end)
        view = view_of(NEW_YORK, preset="custom", custom=custom, comparison=comparison, grain=grain)
        before = view.numbers(["net_sales"]).before["net_sales"]
        assert sum(_drawn(view)) == float(before)  # type: ignore[arg-type]


def test_a_balance_is_compared_with_what_was_due_then(view_of: Callable[..., View]) -> None:
    """40.00 of the one that was never paid, 40.00 of the one that was paid two days later."""
    numbers = view_of(NEW_YORK, preset="last_7_days").numbers(["balance_due", "orders"])
    assert numbers.now == {"balance_due": Decimal("5.00"), "orders": 1}
    assert numbers.before == {"balance_due": Decimal("80.00"), "orders": 3}


def test_small_charts_end_with_what_is_over(view_of: Callable[..., View]) -> None:
    line = trend_values(view_of(NEW_YORK, preset="last_30_days"), ["net_sales"])["net_sales"]
    assert len(line) == 29
    assert (line[-1], line[-8]) == (80.0, -500.0)
    now = trend_series(view_of(NEW_YORK, preset="last_30_days"), "net_sales")[0]
    assert [point.is_unfinished for point in now.points[-2:]] == [False, True]
    assert now.points[-1].label == "Mar 18, 2026, not over yet"


def test_sums_of_nothing_are_0_and_no_rate_is_told_of_less_than_nothing(
    view_of: Callable[..., View],
) -> None:
    day = Period(date(2026, 3, 10), date(2026, 3, 10))
    numbers = view_of(NEW_YORK, preset="custom", custom=day).numbers(
        ["net_sales", "units", "orders", "balance_due", "average_order_value", "gross_margin_rate"]
    )
    assert numbers.now == {
        "net_sales": Decimal("-500.00"),
        "units": 0,
        "orders": 0,
        "balance_due": 0,
        "average_order_value": None,
        "gross_margin_rate": None,
    }


def test_nothing_is_compared_with_days_before_the_first_order(
    view_of: Callable[..., View],
) -> None:
    reaching = Period(date(2025, 1, 4), date(2025, 2, 28))
    for custom, reason in ((reaching, "first_order"), (Period(date(2025, 1, 5), TODAY), None)):
        view = view_of(SAIGON, preset="custom", custom=custom)
        assert (view.comparison == "first_order") == (reason is not None)
        assert (view.compared is None) == (reason is not None)
        assert bool(view.numbers(["orders"]).before) == (reason is None)
        assert (trend_series(view, "orders")[1] is None) == (reason is not None)


def test_a_page_says_why_it_compares_with_nothing(app: App, mornings: Release) -> None:
    home = mornings.directory.parent.parent
    chosen = {"period": "custom", "from_": "2024-02-01", "to": "2026-03-18"}
    script = overview(app(home=home, **chosen), NEW_YORK)
    assert (
        "Feb 1, 2024 – Mar 18, 2026, 11:30 AM. Not compared: that would reach before the first"
        " order, of Jan 5, 2024" in words(script)
    )
    assert {change for _, change in tiles(script).values()} == {""}


def test_a_day_before_its_first_sale_shows_what_the_other_had_by_then(
    app: App, mornings: Release
) -> None:
    home = mornings.directory.parent.parent
    script = overview(app(home=home, period="today"), NEW_YORK)
    assert tiles(script)["Net sales"] == ("$0.00", "-100.0%")
    text = words(script)
    assert "No orders in this period" not in text
    assert "Nothing yet on Mar 18, 2026, until 11:30 AM." in text
    assert "Mar 18, 2025, Net sales: \\$150.00 by then, \\$1,150.00 in the whole day." in text


def test_calendar_and_fiscal_periods_stand_side_by_side_by_name(
    app: App, mornings: Release
) -> None:
    """The fiscal year of New York begins in February: so does its quarter of March."""
    script = overview(app(home=mornings.directory.parent.parent), NEW_YORK)
    options = script.selectbox(key="choice-period").options
    first = options.index("This quarter")
    assert options[first : first + 4] == [
        *("This quarter", "This year", "This fiscal quarter", "This fiscal year (2026/27)"),
    ]
    script.selectbox(key="choice-period").select("fiscal_quarter_to_date").run()
    assert "Feb 1, 2026 – Mar 18, 2026, 11:30 AM, compared with Feb 1, 2025" in words(script)


def test_the_day_of_an_event_is_compared_with_that_of_the_year_before(
    app: App, mornings: Release
) -> None:
    chosen = {"home": mornings.directory.parent.parent, "period": "yesterday", "compare": "event"}
    script = overview(app(**chosen), NEW_YORK)
    assert "Mar 17, 2026, compared with Mar 18, 2025 · Fair: Mar 17, 2026, before that" in words(
        script
    )
    assert tiles(script)["Net sales"] == ("$80.00", "-93.0%")  # of 1,150.00
    elsewhere = overview(app(**chosen), SAIGON)
    assert "Không so sánh: không có dịp lễ nào gần những ngày này" in words(elsewhere)
