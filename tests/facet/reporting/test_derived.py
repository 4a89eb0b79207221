"""Derived metrics over one query of their bases tell what MetricFlow's own statement tells."""

from collections.abc import Sequence

import pytest

from facet.release import Release
from facet.reporting.query.catalogue import Catalogue, catalogue_of
from facet.reporting.query.derived import Derived, bases_of, derive, derived_metrics
from facet.reporting.query.gateway import Gateway
from tests.facet.reporting.fixtures import sign_in
from tests.facet.reporting.house import NEW_YORK, SAIGON

_OF_THE_LEDGER = (
    *("average_order_value", "units_per_order", "gross_margin", "gross_margin_rate"),
    *("return_rate", "cost_coverage_rate", "returning_customers", "returning_customer_rate"),
    *("net_sales_per_customer", "cost_of_goods"),
)
_PARTS = (
    (),
    ("metric_time__month",),
    ("metric_time__day", "ledger_entry__channel_name"),
    ("ledger_entry__category_name",),
    ("ledger_entry__buyer_type",),
)
_DAY = "{{ TimeDimension('metric_time', 'day') }}"


def _metricflows_own(
    catalogue: Catalogue, names: Sequence[str], by: Sequence[str], conditions: Sequence[str]
) -> str:
    engine = catalogue._engine
    return engine.statement(tuple(names), tuple(by), tuple(conditions), tuple(by), None)


@pytest.mark.parametrize("by", _PARTS)
@pytest.mark.parametrize("tenant", [NEW_YORK, SAIGON])
@pytest.mark.parametrize("days", ["('2026-03-01', '2026-03-18')", "('2031-01-01', '2031-01-31')"])
def test_the_answer_is_metricflows(
    house: Release, tenant: int, by: tuple[str, ...], days: str
) -> None:
    catalogue, gateway = catalogue_of(house, tenant), Gateway()
    start, end = days.strip("()").split(", ")
    conditions = (f"{_DAY} >= cast({start} as date)", f"{_DAY} <= cast({end} as date)")
    principal = sign_in(house, tenant)

    for names in (*((name,) for name in _OF_THE_LEDGER), ("net_sales", *_OF_THE_LEDGER)):
        own = _metricflows_own(catalogue, names, by, conditions)
        ours = catalogue.compile(names=names, by=by, conditions=conditions, order_by=by, limit=None)
        assert ours != own
        answers = [gateway.query(principal, house, statement) for statement in (own, ours)]
        assert answers[0].columns == answers[1].columns
        assert answers[0].rows == answers[1].rows, names


def test_what_several_rest_on_is_read_once(house: Release) -> None:
    """Of a day in the ledger there are three: of the order, of the event, of either."""
    statement = catalogue_of(house).compile(
        names=_OF_THE_LEDGER, by=("metric_time__month",), conditions=(), order_by=(), limit=None
    )

    assert statement.count('"fct_sales_ledger"') <= 3


def test_what_is_filtered_renamed_or_of_another_time_is_left_to_metricflow() -> None:
    def metric(name: str, **of_an_input: object) -> dict[str, object]:
        each = {"name": "a", "alias": None, "filter": None, **of_an_input}
        return {
            "name": name, "type": "derived", "filter": None,
            "type_params": {"expr": "a + b", "metrics": [each, {"name": "b", "alias": None}]},
        }  # fmt: skip

    found = derived_metrics(
        {
            "metrics": [
                metric("plain"),
                metric("renamed", alias="c"),
                metric("filtered", filter={"where_filters": []}),
                metric("before", offset_window={"count": 1, "granularity": "day"}),
                {"name": "a", "type": "simple", "type_params": {"metrics": []}},
            ]
        }
    )

    assert found == {"plain": Derived(expression="a + b", inputs=("a", "b"))}


def test_a_derived_metric_of_derived_ones_comes_after_them() -> None:
    derived = {
        "rate": Derived(expression="part / whole", inputs=("part", "whole")),
        "part": Derived(expression="a - b", inputs=("a", "b")),
    }

    assert bases_of(("rate", "a"), derived) == ("a", "b", "whole")
    statement = derive("select 1 as a", ("rate", "a"), derived, by=(), order_by=("-rate",), limit=3)
    assert statement.index('as "part"') > statement.index('as "rate"')  # the inner is read first
    assert statement.endswith('order by "rate" desc\nlimit 3')
