"""Metrics from Python: three lines, exact numbers, somebody's rights, and a trail."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pytest
from pyarrow import parquet

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.shop import NotPermittedError, Shop
from facet.reporting.query.unknown_names import UnknownNameError
from tests.facet.reporting.house import NEW_YORK, SAIGON

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 18)}
CHANNEL = "ledger_entry__channel_name"


def events(home: Settings, tenant_id: int) -> tuple[Event, ...]:
    now = datetime.now(UTC)
    day = timedelta(days=1)
    return AuditTrail.of(home).events(tenant_id, since=now - day, until=now + day)


def test_three_lines_answer_a_question(home: Settings) -> None:
    shop = Shop.of(NEW_YORK)
    frame = shop.query(["net_sales", "orders"], by=["channel"], **MARCH).to_pandas()

    assert frame.to_numpy().tolist() == [
        ["Boutique", Decimal("799.90"), 1],
        ["Website", Decimal("290.50"), 2],
    ]


def test_each_tenant_is_asked_by_itself(home: Settings) -> None:
    with pytest.raises(ConfigurationError, match="3: 1, 2, 3"):
        Shop.of()
    with pytest.raises(NotPermittedError, match="no tenant 4"):
        Shop.of(4)
    saigon = Shop.of(SAIGON).query(["net_sales"], **MARCH)
    assert saigon.rows == ((Decimal("27250000.00"),),)
    assert saigon.currency == "VND"


def test_a_person_asks_for_what_they_may_see(home: Settings) -> None:
    assert Shop.of(NEW_YORK, person="11@house.example").query(["orders"], **MARCH).rows == ((3,),)
    ben = Shop.of(NEW_YORK, person="12@house.example")
    with pytest.raises(UnknownNameError):
        ben.query(["orders"], **MARCH)
    with pytest.raises(UnknownNameError):
        ben.dimensions("orders")
    for nobody in ("13@house.example", "21@house.example", "x@house.example"):
        with pytest.raises(NotPermittedError, match="may see nothing"):
            Shop.of(NEW_YORK, person=nobody)


def test_every_answer_is_in_the_trail_of_its_tenant(home: Settings) -> None:
    Shop.of(NEW_YORK, person="11@house.example").query(
        ["orders"], by=["channel"], where=[("channel", "Website")], **MARCH
    )
    Shop.of(SAIGON).query(["orders"])

    (asked,) = events(home, NEW_YORK)
    assert (asked.kind, asked.user_id) == ("question", 11)
    assert asked.details == {
        "metrics": ["orders"],
        "by": [CHANNEL],
        "where": {CHANNEL: ["Website"]},
        "days": ["2026-03-01", "2026-03-18"],
        "rows": 1,
        "way": "python",
        "who": "Ada Frost",
    }
    (other,) = events(home, SAIGON)
    assert (other.user_id, other.details["who"], other.details["days"]) == (None, "operator", None)


def test_files_hold_exact_numbers(home: Settings) -> None:
    names = ["net_sales", "orders", "average_order_value"]
    result = Shop.of(NEW_YORK).query(names, by=["channel", "month"], **MARCH)

    types = {"net_sales": pa.decimal128(38, 2), "orders": pa.int64()}
    for table in (
        pa.ipc.open_stream(result.to_bytes("arrow")).read_all(),
        parquet.read_table(BytesIO(result.to_bytes("parquet"))),
    ):
        assert {name: table.schema.field(name).type for name in types} == types
        assert table.column("net_sales").to_pylist() == [Decimal("799.90"), Decimal("290.50")]
        assert table.column("metric_time__month").to_pylist() == [date(2026, 3, 1)] * 2
    content = json.loads(result.to_bytes("json"))
    assert content["rows"][0][:3] == ["Boutique", "2026-03-01", "799.90"]
    assert (content["currency"], content["period"]) == ("USD", ["2026-03-01", "2026-03-18"])
    assert content["as_of"] == "2026-03-18T11:30:00-04:00"
    assert (
        result.to_bytes("csv")
        .decode("utf-8-sig")
        .splitlines()[1]
        .startswith("Boutique,2026-03-01,799.90,1,899.9")
    )


def test_nothing_has_its_types_too(home: Settings) -> None:
    nothing = Shop.of(NEW_YORK).query(
        ["net_sales"], by=["channel"], start=date(2024, 1, 1), end=date(2024, 1, 2)
    )
    schema = nothing.to_arrow().schema
    assert schema.types == [pa.string(), pa.decimal128(38, 2)]


def test_days_that_contradict_each_other_are_refused(home: Settings) -> None:
    shop = Shop.of(NEW_YORK)
    with pytest.raises(ConfigurationError, match="ends before it starts"):
        shop.query(["orders"], start=date(2026, 3, 2), end=date(2026, 3, 1))
    with pytest.raises(ConfigurationError, match="A period and days"):
        shop.query(["orders"], period="today", start=date(2026, 3, 2))
    assert shop.query(["orders"], start=date(2026, 3, 2)).rows == ((1,),)
