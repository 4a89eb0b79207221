"""Fulfilment is what the operational tables say: each count, rate and median, each planted case."""

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from statistics import median
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, assert_same, measured, rows, rows_of
from tests.project.conftest import NOW

_COUNTS = (
    "shipments_dispatched", "shipments_delivered", "shipments_delivered_of_promised",
    "shipments_on_time", "shipments_late",
)  # fmt: skip
_MEDIANS = {
    "days_to_dispatch": "median_days_to_dispatch",
    "days_to_deliver": "median_days_to_deliver",
}


def _expected(url: str) -> Figures:
    """Counts, medians and the rate by carrier and month, from one row per shipment and figure."""
    counts: dict[Any, int] = defaultdict(int)
    days: dict[Any, list[int]] = defaultdict(list)
    for tenant, metric, day, carrier, _, value in query_oracle(url, "shipments", as_of=NOW):
        key = (tenant, carrier, day.replace(day=1))
        if metric in _MEDIANS:
            days[_MEDIANS[metric], *key].append(value)
        else:
            counts[metric, *key] += value
    figures: Figures = {
        (tenant, name, carrier, month): Decimal(number)
        for (name, tenant, carrier, month), number in counts.items()
    }
    figures |= {
        (tenant, name, carrier, month): Decimal(str(median(found)))
        for (name, tenant, carrier, month), found in days.items()
    }
    for (name, tenant, carrier, month), whole in counts.items():
        if name == "shipments_delivered_of_promised":
            part = counts.get(("shipments_on_time", tenant, carrier, month), 0)
            rate = (Decimal(part) / whole).quantize(Decimal("1e-8"), rounding=ROUND_DOWN)
            figures[tenant, "on_time_rate", carrier, month] = rate
    return figures


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_shipments_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = _expected(demo_database)
    served = measured(
        publish(demo_database, engine),
        [*_COUNTS, *_MEDIANS.values(), "on_time_rate"],
        ["shipment__carrier", "metric_time__month"],
    )

    assert_same(expected, served)
    assert {name for _, name, *_ in expected} == {*_COUNTS, *_MEDIANS.values(), "on_time_rate"}


#: Shipment: its status, whether it was on time, was late, is late now. See docs/demo_cases.md.
_CASES = {
    1: ("delivered", True, False, False),
    2: ("delivered", False, True, False),
    3: ("in_transit", False, False, True),
    4: ("lost", False, False, False),
    5: ("delivered", False, True, False),
}


def test_a_planted_shipment_comes_out_as_its_page_says(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    found: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for tenant, shipment, *fate in rows(
        publish(demo_database, "duckdb").release,
        "select tenant_id, shipment_id, shipment_status, was_on_time, was_late, is_late"
        " from fct_shipments where shipment_number like '%-CASE-%'",
    ):
        found[tenant][shipment % 500] = tuple(fate)

    assert len(found) == 2
    for fates in found.values():
        assert {number: fates[number] for number in _CASES} == _CASES


#: The rows of `tests/oracle/fulfilment.sql`, as the marts have them.
_PUBLISHED = """
    select tenant_id, 'return', return_id, received_unit_count from fct_returns
    union all
    select tenant_id, 'refund', refund_id, refund_days from fct_refund_times
    where refund_days is not null
    union all
    select tenant_id, case_type || ' ' || stage, case_id, coalesce(age_days, -1)
    from fct_service_cases
    union all
    select tenant_id, case_type || ' overdue', case_id, late_days from fct_service_cases
    where is_overdue
    union all
    select tenant_id, 'inbound', inbound_shipment_id, lead_days from fct_inbound_shipments
    where lead_days is not null
    union all
    select tenant_id, 'inbound short', inbound_shipment_id, short_units from fct_inbound_shipments
    where short_units > 0
    union all
    select tenant_id, 'inbound over', inbound_shipment_id, over_units from fct_inbound_shipments
    where over_units > 0
"""


def test_returns_refunds_cases_and_inbound_are_what_the_operational_tables_say(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    expected: Figures = {
        (tenant, figure, thing): value
        for tenant, figure, thing, value in query_oracle(demo_database, "fulfilment", as_of=NOW)
    }
    served = publish(demo_database, "duckdb")

    assert_same(expected, {tuple(row[:3]): row[3] for row in rows(served.release, _PUBLISHED)})
    kinds = {figure.split()[0] for _, figure, _ in expected}
    assert kinds == {"return", "refund", "pre_order", "made_to_order", "after_sales", "inbound"}


def test_returns_by_order_and_balances_by_age_add_up_to_the_metrics_of_sales(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    served = publish(demo_database, "duckdb")
    for tenant in served.release.tenants:
        reader = served.reader(tenant.tenant_id)
        names = ["returns", "returns_of_orders", "balance_due"]
        ((returned, of_orders, due),) = reader.metrics(names).rows
        ((balance,),) = rows_of(
            served.release,
            tenant.tenant_id,
            "select sum(balance_due_amount) - sum(overpaid_amount) from rpt_balances_due",
        )
        assert (of_orders, balance) == (returned, due)


def test_what_shipstation_was_made_to_say_otherwise_is_all_that_differs(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    found = defaultdict(list)
    for tenant, mirror, difference in rows(
        publish(demo_database, "duckdb").release,
        "select tenant_id, shipstation_order_id, difference_type from rpt_shipstation_differences"
        " order by all",
    ):
        found[tenant].append((mirror % 500, difference))

    assert list(found.values()) == [[(1, "cancelled_there"), (2, "sent_there_only")]] * 2
