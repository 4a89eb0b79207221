"""Marts by name: the principal's own rows, under names that their file has, and no others."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from facet.release import Release
from facet.reporting.query.conditions import Where
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.marts import MartReader, Newer
from facet.reporting.query.table import Cell
from facet.reporting.query.unknown_names import UnknownNameError
from tests.facet.reporting.fixtures import SignIn

LEDGER = "fct_sales_ledger"


@pytest.fixture
def marts_of(house: Release, signed_in: SignIn) -> Callable[[int], MartReader]:
    gateway = Gateway()
    return lambda tenant_id: MartReader(gateway, signed_in(tenant_id), house)


Reader = Callable[[int], MartReader]


def test_rows_come_in_the_order_and_number_asked_for(marts_of: Reader) -> None:
    table = marts_of(1).rows(
        LEDGER,
        ["order_id", "event_date"],
        where={"event_type": ["sale"], "channel_name": ["Website", "Nowhere"]},
        order_by=["-event_date"],
        limit=1,
    )
    assert table.columns == ("order_id", "event_date")
    assert table.column("order_id") == (3,)


def test_rows_are_kept_from_the_least_to_the_greatest_value(marts_of: Reader) -> None:
    march = {"event_date": (date(2026, 3, 10), date(2026, 3, 18))}
    where = {"event_type": ["sale"]}
    table = marts_of(1).rows(
        LEDGER, ["order_id"], where=where, between=march, order_by=["order_id"]
    )
    assert table.column("order_id") == (2, 3)


@pytest.mark.parametrize(
    ("language", "step"), [("vi", "Chọn."), ("eo", "Choose."), ("en", "Choose.")]
)
def test_texts_come_in_a_language_where_the_mart_has_them_in_it(
    marts_of: Reader, language: str, step: str
) -> None:
    table = marts_of(2).rows("rpt_quarantine", ["cause"], texts=["next_step"], language=language)
    assert table.records() == ({"cause": "value_unknown", "next_step": step},)


def test_none_keeps_what_has_no_value_and_an_empty_list_keeps_nothing(marts_of: Reader) -> None:
    def categories(*kept: str | None) -> set[object]:
        where = {"category_name": kept}
        return set(marts_of(1).rows(LEDGER, ["category_name"], where=where).column("category_name"))

    assert categories(None) == {None}
    assert categories("Rings", None) == {"Rings", None}
    assert categories("Rings") == {"Rings"}
    assert categories() == set()


def test_totals_are_sums_by_what_is_named(marts_of: Reader) -> None:
    table = marts_of(1).totals(
        LEDGER,
        ["amount", "quantity"],
        by=["channel_name"],
        where={"event_type": ["sale"]},
        between={"event_date": (date(2026, 3, 1), date(2026, 3, 18))},
        order_by=["-amount"],
    )
    assert table.columns == ("channel_name", "amount", "quantity", "row_count")
    assert table.rows == (
        ("Boutique", Decimal("1000.00"), 1, 1),
        ("Website", Decimal("330.50"), 3, 2),
    )


def test_a_total_of_nothing_is_nothing_rather_than_unknown(marts_of: Reader) -> None:
    assert marts_of(3).totals(LEDGER, ["amount"]).rows == ((Decimal(0), 0),)
    assert not marts_of(3).totals(LEDGER, ["amount"], by=["event_type"]).rows
    assert marts_of(1).totals("dim_tenants", ["is_demo"]).column("is_demo") == (1,)


@pytest.mark.parametrize("tenant_id", [1, 2, 3])
def test_rows_are_the_principals_own(marts_of: Reader, tenant_id: int) -> None:
    reader = marts_of(tenant_id)
    assert reader.rows("dim_tenants", ["tenant_id"]).rows == ((tenant_id,),)
    assert set(reader.rows(LEDGER, ["tenant_id"]).column("tenant_id")) <= {tenant_id}


@pytest.mark.parametrize("other", [2, 3])
def test_asking_for_another_tenant_does_not_reach_it(marts_of: Reader, other: int) -> None:
    where = {"tenant_id": [other]}
    assert marts_of(1).rows("dim_tenants", ["tenant_id"], where=where).rows == ((1,),)


def test_rows_of_another_tenant_stay_hidden_even_in_the_principals_file(
    house: Release, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    principal, other = signed_in(1), house.file_of(2)
    monkeypatch.setattr(Release, "file_of", lambda *_: other)
    assert not MartReader(Gateway(), principal, house).rows("dim_tenants", ["tenant_id"]).rows


@pytest.mark.parametrize(
    ("mart", "columns", "message"),
    [
        ("fct_secrets", ["tenant_id"], "No mart 'fct_secrets'"),
        ("dim_tenants; drop table dim_dates", ["tenant_id"], "No mart"),
        ("information_schema.tables", ["table_name"], "No mart"),
        ("duckdb_settings", ["value"], "No mart"),
        (LEDGER, ["amount", "password"], "No column of fct_sales_ledger 'password'"),
        (LEDGER, ["*"], "No column of fct_sales_ledger"),
        (LEDGER, ['amount" from fct_sales_ledger --'], "No column of fct_sales_ledger"),
    ],
)
def test_a_name_that_the_file_does_not_have_is_refused(
    marts_of: Reader, mart: str, columns: list[str], message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message.replace("*", r"\*")):
        marts_of(1).rows(mart, columns)


def test_filters_and_orders_are_names_too(marts_of: Reader) -> None:
    with pytest.raises(UnknownNameError):
        marts_of(1).rows(LEDGER, ["amount"], where={"1 = 1 or amount": ["x"]})
    with pytest.raises(UnknownNameError):
        marts_of(1).rows(LEDGER, ["amount"], order_by=["amount; select 1"])
    with pytest.raises(UnknownNameError):
        marts_of(1).rows(LEDGER, ["amount"], between={"1 = 1 or amount": (0, 1)})
    with pytest.raises(UnknownNameError):
        marts_of(1).totals(LEDGER, ["amount"], by=['event_type", "amount'])
    with pytest.raises(UnknownNameError, match="column of the answer 'event_type'"):
        marts_of(1).totals(LEDGER, ["amount"], order_by=["event_type"])


def test_a_value_never_becomes_part_of_the_statement(marts_of: Reader) -> None:
    where = {"channel_name": ["Boutique') or ('1' = '1"]}
    assert len(marts_of(1).rows(LEDGER, ["amount"], where=where)) == 0


@pytest.mark.parametrize("tenant_id", [1, 2])
def test_no_column_keeps_all_rows_no_value_none_and_none_what_is_null(
    marts_of: Reader, tenant_id: int
) -> None:
    def people(where: Where) -> set[object]:
        return set(marts_of(tenant_id).rows(LEDGER, ["person_id"], where=where).column("person_id"))

    everybody = people({})
    assert (None in everybody) == (tenant_id == 1)  # where a guest has bought
    assert len(everybody) > 1
    known: list[Cell] = [int(str(person)) for person in everybody if person is not None]
    assert people({"person_id": []}) == set()
    assert people({"person_id": [None]}) == {None} & everybody
    assert people({"person_id": known}) == set(known)
    assert people({"person_id": [*known[:1], None]}) == {known[0], None} & everybody
    assert marts_of(tenant_id).totals(LEDGER, ["amount"], where={"person_id": []}).rows == (
        (Decimal(0), 0),
    )


def test_a_limit_is_a_number(marts_of: Reader) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        marts_of(1).rows(LEDGER, ["amount"], limit="1; select 1")  # type: ignore[arg-type]


def test_a_reader_knows_which_marts_there_are(marts_of: Reader) -> None:
    assert marts_of(1).has("dim_tenants")
    assert not marts_of(1).has("fct_secrets")
    assert not marts_of(1).has("tables")


def test_a_column_that_a_release_was_made_before_is_empty_or_the_one_before(
    marts_of: Reader,
) -> None:
    reader = marts_of(2)
    newer: Newer = {"amount_later": None, "count_later": "quantity", "quantity": None}
    where: Where = {"event_type": ["sale"], "order_id": [1]}

    table = reader.rows(LEDGER, ["order_id"], newer=newer, where=where)
    assert table.records() == (
        {"order_id": 1, "amount_later": None, "count_later": 1, "quantity": 1},
    )
    assert reader.lacking == {f"{LEDGER}.amount_later", f"{LEDGER}.count_later"}
    with pytest.raises(UnknownNameError):
        reader.rows(LEDGER, [], newer={"count_later": "count_before"})
