"""What campaigns have and where goals stand is what the operational tables say, to the cent."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, rows

_USING = ("00_sales", "01_parts", "02_attribution")

#: Of each figure: the mart, its sum, its day, and which rows.
_FIGURES = {
    "demand_sales": ("fct_campaign_sales", "sum(demand_sales_amount)", "ledger_date", "true"),
    "returns": ("fct_campaign_sales", "sum(returns_amount)", "ledger_date", "true"),
    "net_sales": ("fct_campaign_sales", "sum(net_sales_amount)", "ledger_date", "true"),
    "gross_margin": (
        "fct_campaign_sales",
        "where_costed(sum(net_sales_amount - cost_amount), sum(costed_demand_amount),"
        " sum(demand_sales_amount))", "ledger_date", "true",
    ),
    "orders": ("fct_campaign_sales", "sum(order_weight)", "order_date", "true"),
    "units": ("fct_campaign_sales", "sum(unit_weight)", "order_date", "true"),
    "new_customers": ("fct_campaign_sales", "sum(new_customer_weight)", "order_date", "true"),
    "leads": (
        "fct_campaign_attributions", "sum(attribution_weight)", "conversion_date",
        "conversion_type = 'lead'",
    ),
}  # fmt: skip

_GOAL_COLUMNS = (
    "tenant_id, goal_id, attribution_model, window_days, elapsed_basis, elapsed_event_code,"
    " goal_status, actual_value, actual_to_date_value, elapsed_share, expected_to_date_value,"
    " attainment_rate, pace_rate, projected_value, required_per_day_value, children_actual_value,"
    " children_target_value"
)

_OF_GOALS = (*_USING, "03_events", "04_pace", "campaign_sales")


def _published_figures(served: Any) -> Figures:
    figures = {}
    for metric, (mart, value, day, which) in _FIGURES.items():
        query = (
            f"select tenant_id, campaign_id, attribution_model, window_days, {day}, {value}"
            f" from {mart} where {which} group by all"
        )
        for tenant, campaign, model, window, on, amount in rows(served.release, query):
            if amount is not None:
                figures[tenant, metric, campaign, model, window, on] = amount
    query = (
        "select tenant_id, campaign_id, redeemed_date, sum(redemption_weight)"
        " from fct_campaign_redemptions group by all"
    )
    for tenant, campaign, on, amount in rows(served.release, query):
        figures[tenant, "redemptions", campaign, "", 0, on] = amount
    return figures


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_a_campaign_and_goal_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    served = publish(database, engine)
    figures, goals = _expected(database, served.settings.as_of)
    published = {key: value for key, value in _published_figures(served).items() if value}
    assert not any(isinstance(value, float) for value in published.values())
    assert_same(figures, published)
    assert {metric for _, metric, *_ in figures} == {*_FIGURES, "redemptions"}

    stands = _by_goal(rows(served.release, f"select {_GOAL_COLUMNS} from rpt_campaign_goals"))
    assert_same(goals, stands)


@cache
def _expected(url: str, as_of: datetime) -> tuple[Figures, dict[Any, Any]]:
    figures = {
        (tenant, metric, campaign, model, window, day): value
        for tenant, metric, campaign, model, window, day, value in query_oracle(
            url, "campaign_sales", using=_USING
        )
        if value
    }
    goals = query_oracle(url, "campaign_goals", using=_OF_GOALS, as_of=as_of)
    return figures, _by_goal(goals)


def _by_goal(rows: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {row[:4]: row[4:] for row in rows}
