"""The planted cases of staff come out of the published demo as docs/demo_cases.md says."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.project.compare import rows_of
from tests.project.conftest import AS_OF

#: Tenant, and what is added to the ids that the page lists.
_SHOPS = pytest.mark.parametrize(("tenant", "code", "plus"), [(5, "TN", 0), (6, "TS", 500)])


@pytest.fixture(scope="module")
def demo(demo_database: str, publish: Callable[..., Any]) -> Any:
    return publish(demo_database, "duckdb")


def _rows(demo: Any, tenant: int, query: str) -> list[tuple[Any, ...]]:
    return rows_of(demo.release, tenant, query)


@_SHOPS
@pytest.mark.parametrize(
    ("order", "credited", "overlay", "originator"),
    [
        pytest.param(30, {11: "33.34", 12: "33.33", 13: "33.33"}, {}, {}, id="credit_in_thirds"),
        pytest.param(31, {11: "62.50", 12: "37.50"}, {}, {}, id="credit_below_one"),
        pytest.param(32, {11: "100.00"}, {12: "100.00"}, {}, id="credit_overlay"),
        pytest.param(33, {11: "100.00"}, {}, {12: "100.00"}, id="credit_originator"),
        pytest.param(34, {None: "100.00"}, {}, {}, id="credit_of_nobody"),
        pytest.param(35, {13: "100.00"}, {}, {}, id="credit_of_seller"),
    ],
)
def test_a_planted_credit_is_whose_the_page_says(
    demo: Any, tenant: int, code: str, plus: int, order: int, credited: dict[Any, str],
    overlay: dict[Any, str], originator: dict[Any, str],
) -> None:  # fmt: skip
    table = demo.reader(tenant).metrics(
        ["credited_net_sales", "overlay_net_sales", "originator_net_sales"],
        by=["staff_member", "metric_time__day"],
        where={"sales_credit__order_number": [f"{code}-CASE-{plus + order:03}"]},
    )
    assert {day for _, day, *_ in table.rows} == {AS_OF - timedelta(days=180)}
    for place, wanted in enumerate((credited, overlay, originator), 2):
        found = {row[0] and row[0] - 1000 * tenant: row[place] for row in table.rows if row[place]}
        assert found == {person: Decimal(amount) for person, amount in wanted.items()}


_FIGURES = (
    "sales_target", "order_target", "target_attainment", "hours_worked", "sales_per_hour",
    "leads_assigned", "leads_converted", "lead_conversion_rate", "median_days_to_convert",
)  # fmt: skip


@_SHOPS
def test_planted_targets_hours_and_leads_are_what_the_page_says(
    demo: Any, tenant: int, code: str, plus: int
) -> None:
    table = demo.reader(tenant).metrics(
        _FIGURES, by=["metric_time__day"], where={"staff_member": [plus + 1]}
    )
    found = {
        (AS_OF - day).days: dict(zip(_FIGURES, figures, strict=True))
        for day, *figures in table.rows
        if isinstance(day, date)
    }
    nothing = dict.fromkeys(_FIGURES)
    target = {"sales_target": Decimal("33.33"), "order_target": Decimal("3.33")}
    selling = nothing | target | {"target_attainment": 0}
    assert found == {
        90: selling
        | {"sales_target": Decimal("33.34"), "order_target": Decimal("3.34"), "hours_worked": 4}
        | {"sales_per_hour": 0}
        | {"leads_assigned": 1, "leads_converted": 0, "lead_conversion_rate": 0},
        89: selling
        | {"hours_worked": 7, "sales_per_hour": 0, "leads_assigned": 1, "leads_converted": 1}
        | {"lead_conversion_rate": 1, "median_days_to_convert": Decimal("0.25")},
        88: selling,
        80: nothing | {"sales_target": 0},
    }
    planted = f"lead_id in ({plus + 1}, {plus + 2}, {plus + 3}) order by lead_id"
    assert _rows(
        demo,
        tenant,
        "select assigned_user_id, reached_status, as_of_date - assigned_date,"
        " as_of_date - created_date, as_of_date - converted_date, converting_minutes"
        f" from fct_leads inner join dim_tenants using (tenant_id) where {planted}",
    ) == [
        (plus + 1, "converted", 89, 90, 90, Decimal("360.00")),
        (plus + 1, "new", 90, 90, None, None),
        (None, "converted", None, 90, 90, Decimal("360.00")),
    ]


@_SHOPS
def test_planted_rows_that_cannot_be_counted_are_quarantined(
    demo: Any, tenant: int, code: str, plus: int
) -> None:
    rows = _rows(
        demo,
        tenant,
        f"select source_table, source_id - {plus}, reason, next_step from fct_quarantined_rows"
        " where source_table in ('sales_performance', 'shift_report', 'schedule', 'crm_leads')",
    )
    assert {(table, source, reason.split(":")[0]) for table, source, reason, _ in rows} == {
        ("sales_performance", 3, "The period ends before it starts"),
        ("sales_performance", 4, "The target has no amount"),
        ("shift_report", 3, "The shift ends before it starts"),
    }
    assert all(next_step for *_, next_step in rows)


@_SHOPS
def test_planted_managers_of_each_other_are_each_under_the_other_once(
    demo: Any, tenant: int, code: str, plus: int
) -> None:
    assert _rows(
        demo,
        tenant,
        f"select manager_id - {plus}, user_id - {plus}, depth from dim_staff_managers"
        " where user_id < 1000 order by all",
    ) == [(1, 1, 0), (1, 2, 1), (2, 1, 1), (2, 2, 0)]
