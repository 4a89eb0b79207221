"""What campaigns have and where goals stand is what the operational tables say, to the cent."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb
import pytest

from tests.oracle.ask import ask

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
    "goal_id, attribution_model, window_days, elapsed_basis, elapsed_event_code, goal_status,"
    " actual_value, actual_to_date_value, elapsed_share, expected_to_date_value, attainment_rate,"
    " pace_rate, projected_value, required_per_day_value, children_actual_value,"
    " children_target_value"
)

_OF_GOALS = (*_USING, "03_events", "04_pace", "campaign_sales")

Figures = dict[tuple[int, str, int, str, int, date], Decimal]


def _released(served: Any, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query on every tenant's file, each with its tenant in front."""
    for tenant in served.release.tenants:
        path = str(served.release.file_of(tenant.tenant_id))
        with duckdb.connect(path, read_only=True) as connection:
            connection.execute("use facet_marts")
            for row in connection.execute(query).fetchall():
                yield (tenant.tenant_id, *row)


def _published_figures(served: Any) -> Figures:
    figures = {}
    for metric, (mart, value, day, rows) in _FIGURES.items():
        query = (
            f"select campaign_id, attribution_model, window_days, {day}, {value}"
            f" from {mart} where {rows} group by all"
        )
        for tenant, campaign, model, window, on, amount in _released(served, query):
            if amount is not None:
                figures[tenant, metric, campaign, model, window, on] = amount
    query = (
        "select campaign_id, redeemed_date, sum(redemption_weight)"
        " from fct_campaign_redemptions group by all"
    )
    for tenant, campaign, on, amount in _released(served, query):
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
    assert _differences(figures, published) == {}
    assert {metric for _, metric, *_ in figures} == {*_FIGURES, "redemptions"}

    stands = _by_goal(_released(served, f"select {_GOAL_COLUMNS} from rpt_campaign_goals"))
    assert _differences(goals, stands) == {}
    assert len({tenant for tenant, *_ in goals}) >= 2


@cache
def _expected(url: str, as_of: datetime) -> tuple[Figures, dict[Any, Any]]:
    figures = {
        (tenant, metric, campaign, model, window, day): value
        for tenant, metric, campaign, model, window, day, value in ask(
            url, "campaign_sales", using=_USING
        )
        if value
    }
    goals = ask(url, "campaign_goals", using=_OF_GOALS, as_of=as_of)
    return figures, _by_goal(goals)


def _by_goal(rows: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {row[:4]: row[4:] for row in rows}


def _differences(wanted: dict[Any, Any], got: dict[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """The first of the keys that differ, with what was wanted and what came."""
    differing = [key for key in wanted.keys() | got.keys() if wanted.get(key) != got.get(key)]
    return {key: (wanted.get(key), got.get(key)) for key in sorted(differing)[:10]}
