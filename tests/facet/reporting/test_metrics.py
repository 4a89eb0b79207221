"""Metrics by name: exact, of the queried days, of one tenant, whatever is queried."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.query.catalogue import (
    AmbiguousQuestionError,
    catalogue_of,
)
from facet.reporting.query.conditions import Where
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.metrics import MetricReader
from facet.reporting.query.table import Table
from facet.reporting.query.unknown_names import UnknownNameError
from tests.facet.reporting.fixtures import sign_in
from tests.facet.reporting.house import NEW_YORK, SAIGON, Order, publish_house

ReaderOf = Callable[[int], MetricReader]
CHANNEL = "ledger_entry__channel_name"
CATEGORY = "ledger_entry__category_name"
MARCH: Final[Any] = {"start": date(2026, 3, 1), "end": date(2026, 3, 18)}


def test_metrics_are_exact_decimals_of_the_period(reader_of: ReaderOf) -> None:
    names = ["gross_sales", "discounts", "returns", "net_sales", "taxes", "orders", "total_sales"]
    table = reader_of(NEW_YORK).metrics(names, **MARCH)

    assert table.records() == (
        {
            "gross_sales": Decimal("1330.50"),
            "discounts": Decimal("100.10"),
            "returns": Decimal("140.00"),
            "net_sales": Decimal("1090.40"),
            "taxes": Decimal("92.04"),
            "orders": 3,
            "total_sales": Decimal("1197.44"),
        },
    )
    assert type(table.rows[0][0]) is Decimal


def test_the_same_question_of_another_tenant_is_another_answer(reader_of: ReaderOf) -> None:
    assert reader_of(SAIGON).metrics(["net_sales"], **MARCH).rows == ((Decimal("27250000.00"),),)
    assert reader_of(NEW_YORK).metrics(["net_sales"], **MARCH).rows == ((Decimal("1090.40"),),)


def test_ratios_are_decimals_too(reader_of: ReaderOf) -> None:
    table = reader_of(NEW_YORK).metrics(["average_order_value", "gross_margin_rate"], **MARCH)

    value, rate = table.rows[0]
    assert isinstance(value, Decimal)
    assert round(value, 2) == Decimal("410.13")  # 1230.40 / 3
    assert isinstance(rate, Decimal)
    assert round(rate, 4) == Decimal("0.5139")  # (1090.40 − 530) / 1090.40


def test_a_started_month_is_not_widened_to_all_of_it(reader_of: ReaderOf) -> None:
    table = reader_of(NEW_YORK).metrics(
        ["net_sales"],
        by=["metric_time__month"],
        start=date(2026, 2, 1),
        end=date(2026, 2, 18),
    )
    assert table.rows == ((date(2026, 2, 1), Decimal("600.00")),)


def test_weeks_are_the_tenants(reader_of: ReaderOf) -> None:
    def weeks(tenant_id: int) -> tuple[object, ...]:
        return (
            reader_of(tenant_id)
            .metrics(
                ["orders"],
                by=["metric_time__local_week"],
                order_by=["metric_time__local_week"],
                **MARCH,
            )
            .rows
        )

    assert weeks(NEW_YORK) == ((date(2026, 3, 1), 1), (date(2026, 3, 8), 1), (date(2026, 3, 15), 1))
    assert weeks(SAIGON) == ((date(2026, 2, 23), 1), (date(2026, 3, 16), 1))


def test_parts_add_up_to_the_whole_and_filters_take_parts(reader_of: ReaderOf) -> None:
    reader = reader_of(NEW_YORK)
    parts = reader.metrics(["net_sales"], by=[CHANNEL], order_by=["-net_sales"], **MARCH)

    assert parts.rows == (("Boutique", Decimal("799.90")), ("Website", Decimal("290.50")))
    assert parts.total("net_sales") == reader.metrics(["net_sales"], **MARCH).number("net_sales")
    website = reader.metrics(["net_sales"], where={CHANNEL: ["Website"]}, **MARCH)
    assert website.number("net_sales") == Decimal("290.50")


@pytest.mark.parametrize(
    "value",
    [
        "' or 1 = 1 --",
        "{{ Dimension('ledger_entry__buyer_type') }}",
        "{% for x in y %}",
        "$value_0",
        "Pearl “Nacre” 💍 \\ \" '",
    ],
)
def test_no_value_becomes_part_of_a_statement(
    tmp_path: Path, semantic_manifest: Path, value: str
) -> None:
    orders = (
        Order(order_id=1, day=date(2026, 3, 2), gross="10.00", channel=value),
        Order(order_id=2, day=date(2026, 3, 2), gross="5.00"),
    )
    release = publish_house(Settings(home=tmp_path), semantic_manifest, orders=orders)
    reader = MetricReader(Gateway(), sign_in(release, NEW_YORK), release)

    assert reader.values(CHANNEL) == tuple(sorted([value, "Boutique"]))
    table = reader.metrics(["gross_sales"], where={CHANNEL: [value]}, **MARCH)
    assert table.number("gross_sales") == Decimal("10.00")
    table = reader.metrics(["gross_sales"], where={CHANNEL: [f"{value} "]}, **MARCH)
    assert table.number("gross_sales") is None


@pytest.mark.parametrize(
    ("names", "by", "where"),
    [
        (["profit"], [], {}),
        (["net_sales"], ["ledger_entry__secret"], {}),
        (["net_sales"], [], {"1 = 1 or ledger_entry__channel_name": ["x"]}),
    ],
    ids=["metric", "dimension", "filter"],
)
def test_an_unknown_name_is_refused_by_name(
    reader_of: ReaderOf, names: list[str], by: list[str], where: dict[str, list[str]]
) -> None:
    with pytest.raises(UnknownNameError, match=r"No (metric|dimension)"):
        reader_of(NEW_YORK).metrics(names, by=by, where=where)


def test_a_statement_is_compiled_once_for_all_values(
    house: Release, reader_of: ReaderOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = catalogue_of(house)
    compiled: list[object] = []
    statement = catalogue._engine.statement

    def counted(*query: Any) -> str:
        compiled.append(query)
        return statement(*query)

    monkeypatch.setattr(catalogue._engine, "statement", counted)
    for day in (1, 2, 3):
        for tenant_id in (NEW_YORK, SAIGON):
            reader_of(tenant_id).metrics(["units"], by=[CATEGORY], start=date(2026, 3, day))
    assert len(compiled) == 1


def test_the_span_is_of_orders_and_nothing_where_there_are_none(reader_of: ReaderOf) -> None:
    assert reader_of(NEW_YORK).span() == (date(2025, 3, 18), date(2026, 3, 18))
    assert reader_of(3).span() is None


def test_a_table_never_holds_a_float() -> None:
    table = Table.of(["a"], [[0.1], [Decimal("0.10")], [None]])

    assert table.column("a") == (Decimal("0.1"), Decimal("0.10"), None)
    assert all(not isinstance(cell, float) for cell in table.column("a"))
    assert table.total("a") == Decimal("0.20")


def test_an_entity_narrows_by_its_ids_and_none_keeps_what_has_none(reader_of: ReaderOf) -> None:
    def net_sales(*people: int | None) -> Decimal | None:
        where = {"person": people}
        return reader_of(NEW_YORK).metrics(["net_sales"], where=where, **MARCH).number("net_sales")

    assert net_sales(2) == Decimal("250.50")
    assert net_sales(1, 2) == Decimal("1150.40")
    assert net_sales(None) == Decimal("40.00")  # the guest's
    assert net_sales(2, None) == Decimal("290.50")


@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_no_dimension_keeps_all_and_no_value_nothing(reader_of: ReaderOf, tenant_id: int) -> None:
    def orders(where: Where) -> Table:
        return reader_of(tenant_id).metrics(["orders", "net_sales"], where=where, **MARCH)

    assert orders({}).number("orders")
    for name in ("person", CHANNEL):
        assert not any(orders({name: []}).rows[0])
        assert orders({name: [], CATEGORY: ["Rings"]}).rows == orders({name: []}).rows
        by_name = reader_of(tenant_id).metrics(["orders"], by=[CHANNEL], where={name: []})
        assert by_name.rows == ()


MODEL, WINDOW = "campaign_sale__attribution_model", "campaign_sale__window_days"


@pytest.mark.parametrize(
    ("by", "where"),
    [
        ([], {}),
        ([MODEL], {}),
        ([], {MODEL: ["linear"]}),
        ([MODEL], {WINDOW: ["7", "28"]}),
    ],
    ids=["nothing chosen", "models alone", "a model of any window", "two windows in one sum"],
)
def test_sums_over_alternatives_are_refused(
    reader_of: ReaderOf, by: list[str], where: dict[str, list[str]]
) -> None:
    with pytest.raises(AmbiguousQuestionError, match="campaign_orders"):
        reader_of(NEW_YORK).metrics(["orders", "campaign_orders"], by=by, where=where)
