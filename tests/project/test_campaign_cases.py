"""The planted campaign cases come out as docs/demo_cases.md says, in both training shops."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.project.conftest import AS_OF

#: Tenants, each with what is added to the ids that the page lists.
_SHOPS = {5: 0, 6: 500}

_A, _B, _C, _D = 1, 2, 3, 4

#: Of an order, model and window: net sales of each campaign in cents.
_SALES: dict[tuple[int, str, int], dict[int, int]] = {
    (401, "last_touch", 28): {_B: 10000},
    (401, "first_touch", 28): {_A: 10000},
    (401, "linear", 28): {_A: 2500, _B: 5000, _C: 2500},
    (401, "position_based", 28): {_A: 4000, _B: 5000, _C: 1000},
    (401, "time_decay", 28): {_A: 667, _B: 6666, _C: 2667},
    (401, "first_touch", 14): {_B: 10000},
    (401, "linear", 14): {_B: 6667, _C: 3333},
    (401, "linear", 7): {_B: 5000, _C: 5000},
    (401, "linear", 1): {_B: 10000},
    (402, "last_touch", 28): {_A: 10000},
    (402, "last_touch", 14): {},
    (403, "last_touch", 28): {},
    (404, "last_touch", 28): {_C: 9000},
    (404, "first_touch", 28): {_A: 9000},
    (405, "last_touch", 28): {_B: 10000},
    (405, "first_touch", 28): {_A: 10000},
    (406, "last_touch", 28): {_A: 10000},
    (407, "last_touch", 28): {_A: 10000},
    (408, "last_touch", 1): {_A: 4500, _B: 4501},
    (409, "last_touch", 28): {_C: 10000},
    (409, "first_touch", 28): {_C: 10000},
    (409, "linear", 28): {_B: 5000, _C: 5000},
    (411, "last_touch", 1): {_D: 10000},
}

#: Of a goal, in last touch within 28 days: status, actual, attainment, pace, what is needed a day,
#: actual and target of its parts and how many there are.
_GOALS = {
    1: "achieved 300.00 1.00000000 1.00000000 - - - 0",
    2: "missed 3.00 0.75000000 0.75000000 - - - 0",
    3: "not_started 0.00 0.00000000 - 1.00 - - 0",
    4: "achieved 3.00 - - - - - 0",
    7: "missed 3.00 0.33333333 0.33333333 - 3.00 9.00 2",
    8: "achieved 2.00 1.00000000 1.00000000 - - - 0",
    9: "missed 1.00 0.14285714 0.14285714 - - - 0",
    10: "achieved 3.00 1.00000000 1.00000000 - - - 0",
    11: "achieved 300.00 3.00000000 3.00100035 0.00 - - 0",
    13: "started 0.00 0.00000000 - 50.00 - - 0",
}


@pytest.fixture(params=_SHOPS, ids=["New York", "Sydney"])
def house(
    request: pytest.FixtureRequest, demo_database: str, publish: Callable[..., Any]
) -> Iterator[tuple[Callable[[str], list[tuple[Any, ...]]], int]]:
    """Queries the release of one tenant; and what is added to its ids."""
    release = publish(demo_database, "duckdb").release
    with duckdb.connect(str(release.file_of(request.param)), read_only=True) as connection:
        connection.execute("use facet_marts")
        yield lambda query: connection.execute(query).fetchall(), _SHOPS[request.param]


def test_each_order_belongs_to_whom_the_page_says(house: Any) -> None:
    run_query, plus = house
    of_sales: dict[tuple[int, str, int], dict[int, int]] = {key: {} for key in _SALES}
    for order, model, window, campaign, amount in run_query(
        "select order_id, attribution_model, window_days, campaign_id,"
        " cast(100 * sum(net_sales_amount) as integer)"
        f" from fct_campaign_sales where campaign_id between {plus} and {plus + 9} group by all"
    ):
        if (order - plus, model, window) in of_sales:
            of_sales[order - plus, model, window][campaign - plus] = amount
    assert of_sales == _SALES
    # nothing but what was planted, in any model; a promotion of two is half of each
    (orders,) = run_query(
        "select count(distinct order_id), min(order_id), max(order_id)"
        f" from fct_campaign_sales where campaign_id between {plus} and {plus + 9}"
    )
    assert orders == (11, plus + 401, plus + 413)
    redemptions = run_query(
        "select campaign_id, sum(redemption_weight) from fct_campaign_redemptions"
        f" where campaign_id between {plus} and {plus + 9} group by all order by 1"
    )
    assert [(c - plus, float(w)) for c, w in redemptions] == [(_A, 0.5), (_B, 0.5), (_C, 1)]


def test_each_goal_stands_where_the_page_says(house: Any) -> None:
    run_query, plus = house
    goals = {
        goal - plus: " ".join(map(_text, values))
        for goal, *values in run_query(
            "select goal_id, goal_status, actual_value, attainment_rate, pace_rate,"
            " required_per_day_value, children_actual_value, children_target_value, child_count"
            f" from rpt_campaign_goals where goal_id between {plus} and {plus + 99}"
            " and attribution_model = 'last_touch' and window_days = 28"
        )
    }
    by_last_year, changed = goals.pop(5), goals.pop(12)
    assert goals == _GOALS
    assert by_last_year.split()[1:3] == ["300.00", "0.30000000"]
    assert by_last_year.split()[4:] == ["70.00", "-", "-", "0"]
    assert changed.split()[1:3] == ["3.00", "0.50000000"]

    of_days = run_query(
        "select goal_id, elapsed_basis, elapsed_share, expected_to_date_value, days_left"
        f" from rpt_campaign_goals where goal_id in ({plus + 5}, {plus + 11})"
        " and attribution_model = 'linear' and window_days = 7 order by 1"
    )
    assert [row[1] for row in of_days] == ["event", "days"]  # Black Friday is on the 27th
    assert [_text(value) for value in of_days[1][2:]] == ["0.99966666", "99.97", "1"]
    undated = f"select reason from fct_quarantined_rows where source_id = {plus + 6}"
    assert len(run_query(undated + " and source_table = 'mkt_campaign_goals'")) == 1


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def test_a_goal_came_along_and_its_target_was_kept_as_the_page_says(house: Any) -> None:
    run_query, plus = house
    days = run_query(
        "select date_day, actual_value, target_value from rpt_campaign_goal_days"
        f" where goal_id = {plus + 12} and attribution_model = 'time_decay' and window_days = 1"
        " order by date_day"
    )
    assert [day - AS_OF for day, _, _ in days] == [timedelta(days=n) for n in range(-10, 10)]
    actuals = [None if actual is None else int(actual) for _, actual, _ in days]
    assert actuals == [1] + 7 * [2] + 3 * [3] + 9 * [None]
    assert {target for _, _, target in days} == {6}
    (version,) = run_query(
        "select change_type, target_value, valid_from_date, valid_to_date"
        f" from rpt_campaign_goal_targets where goal_id = {plus + 12}"
    )
    assert version == ("first", 6, AS_OF - timedelta(days=30), None)


def test_each_campaign_returned_and_cost_what_the_page_says(house: Any) -> None:
    run_query, plus = house
    returns = run_query(
        "select campaign_id, order_weight, gross_margin_amount, spent_amount, spent_source,"
        " return_on_spend, budget_used_rate from rpt_campaign_returns"
        f" where campaign_id in ({plus + _A}, {plus + _D}) and window_days = 28"
        " and attribution_model = 'last_touch' order by 1"
    )
    assert [" ".join(map(_text, row[1:])) for row in returns] == [
        "3.50000000 205.00 30.00 activities 6.83333333 -",
        "3.00000000 180.00 120.00 campaign 1.50000000 1.20000000",
    ]
    (link,) = run_query(
        "select order_count, net_sales_amount, commission_amount, order_rate"
        f" from rpt_campaign_links where utm_link_id = {plus + 4}"
    )
    assert [_text(value) for value in link] == ["3", "300.00", "9.99", "0.25000000"]
    activities = run_query(
        "select activity_id, is_overdue from rpt_campaign_activities"
        f" where campaign_id = {plus + _A} order by 1"
    )
    assert activities == [(plus + 1, True), (plus + 2, False)]
