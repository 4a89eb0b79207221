"""The gateway: a principal reaches their own tenant's rows, and nothing else at all."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from facet.config import Settings
from facet.errors import FacetError, ReleaseError
from facet.release import Audit, Mart, Privacy, Release, Snapshot, publish
from facet.reporting.identity.scope import DataScope
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.tenant_file import open_tenant_file
from tests.facet.reporting.fixtures import SignIn, sign_in
from tests.facet.reporting.house import publish_house
from tests.principals import EVERYTHING

LEDGER = "warehouse.facet_marts.fct_sales_ledger"


def test_each_principal_sees_their_tenant_alone(house: Release, signed_in: SignIn) -> None:
    gateway = Gateway()
    for tenant_id in (1, 2, 3):
        tenants = gateway.query(
            signed_in(tenant_id), house, "select tenant_id from warehouse.facet_marts.dim_tenants"
        )
        assert tenants.rows == ((tenant_id,),)


def test_values_go_beside_the_statement(house: Release, signed_in: SignIn) -> None:
    table = Gateway().query(
        signed_in(1),
        house,
        f"select sum(amount) as amount from {LEDGER} where event_type = $event",
        {"event": "sale"},
    )
    assert table.number("amount") == Decimal("7930.50")


@pytest.mark.parametrize(
    "statement",
    [
        "attach '{other}' as other (read_only)",
        "drop table warehouse.facet_marts.dim_staff",
        "set memory_limit = '64GB'",
        "select 1; select 2",
        "copy (select 1) to '/tmp/stolen.csv'",
        "install httpfs",
        "pragma enable_profiling",
        "detach warehouse",
        "nonsense",
        "",
    ],
)
def test_only_a_single_select_runs(house: Release, signed_in: SignIn, statement: str) -> None:
    with pytest.raises(PermissionError):
        Gateway().query(signed_in(1), house, statement.format(other=house.file_of(2)))


@pytest.mark.parametrize(
    "statement",
    [
        "select * from '{other}'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('{other}')",
        "select * from glob('/*')",
        "select * from read_parquet('http://127.0.0.1/x.parquet')",
    ],
)
def test_no_select_reaches_another_file(house: Release, signed_in: SignIn, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        Gateway().query(signed_in(1), house, statement.format(other=house.file_of(2)))


@pytest.mark.parametrize(
    "statement",
    [
        "attach '{other}' as other (read_only)",
        "delete from warehouse.facet_marts.dim_staff",
        "drop view warehouse.facet_marts.no_such_view",
        "set enable_external_access = true",
        "set TimeZone = 'Asia/Tokyo'",
        "set memory_limit = '64GB'",
        "load httpfs",
        "export database '/tmp/stolen'",
    ],
)
def test_the_connection_itself_can_do_no_more(house: Release, statement: str) -> None:
    connection = open_tenant_file(house.file_of(1), EVERYTHING)
    with pytest.raises(duckdb.Error):
        connection.cursor().execute(statement.format(other=house.file_of(2)))


def test_the_file_itself_has_a_name_that_nobody_knows_and_cannot_be_written(
    house: Release,
) -> None:
    connection = open_tenant_file(house.file_of(1), EVERYTHING)
    names = "select database_name from duckdb_databases() where not internal"
    (file,) = {name for (name,) in connection.execute(names).fetchall()} - {"warehouse", "memory"}
    other = open_tenant_file(house.file_of(1), EVERYTHING)

    assert (file,) not in other.execute(names).fetchall()
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute(f"delete from {file}.facet_marts.dim_staff")


#: Six sales of three people of two tenants; 14 is nobody's.
_SALES = """
    create schema facet_marts;
    create table facet_marts.dim_tenants as
        select * from (values (1, 'One', true), (2, 'Two', true)) as t(
            tenant_id, tenant_name, is_demo
        );
    create table facet_marts.fct_sales as
        select * from (values
            (1, 11, 11, 'Ann', 'Kim', 10), (1, 12, null, null, 'Lee', 20),
            (1, 13, 13, 'Cem', 'Moe', 40), (1, null, 11, 'Ann', 'Nia', 80),
            (2, 11, 11, 'Ona', 'Oda', 160), (2, 21, 13, 'Pat', 'Pia', 320)
        ) as sales(tenant_id, user_id, asked_by, asked_by_name, customer_name, amount);
"""
_PRIVACY = Privacy(
    rows_of=("user_id",),
    hides=("asked_by",),
    names=(("asked_by_name", "asked_by"),),
    personal=("customer_name",),
)


@pytest.fixture
def sales(tmp_path: Path, semantic_manifest: Path) -> Release:
    settings = Settings(home=tmp_path)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(_SALES)
    return publish(
        settings,
        url="",
        marts=[Mart(name="dim_tenants"), Mart(name="fct_sales", privacy=_PRIVACY)],
        audit=Audit(passed=1),
        snapshot=Snapshot(at=datetime(2026, 1, 1, tzinfo=UTC), source="by hand"),
        semantic_manifest=semantic_manifest,
        dbt_version="1.11",
    )


@pytest.mark.parametrize(
    ("tenant_id", "sight", "seen"),
    [
        (1, EVERYTHING, [(11, 11, "Kim"), (12, None, "Lee"), (13, 13, "Moe"), (None, 11, "Nia")]),
        (1, DataScope(frozenset({11, 12}), True), [(11, 11, "Kim"), (12, None, "Lee")]),
        (1, DataScope(frozenset({13}), False), [(13, 13, None)]),
        (
            1,
            DataScope(None, False),
            [(11, 11, None), (12, None, None), (13, 13, None), (None, 11, None)],
        ),
        (1, DataScope(frozenset(), True), []),
        (2, DataScope(frozenset({11}), True), [(11, 11, "Oda")]),
        (2, DataScope(frozenset({21}), True), [(21, None, "Pia")]),
    ],
    ids=["everything", "two people", "one, no names", "no names", "nobody", "other", "other's"],
)  # fmt: skip
def test_what_is_not_in_sight_is_not_there(
    sales: Release, tenant_id: int, sight: DataScope, seen: list[tuple[object, ...]]
) -> None:
    connection = open_tenant_file(sales.file_of(tenant_id), sight)
    rows = connection.execute(
        "select user_id, asked_by, customer_name from warehouse.facet_marts.fct_sales"
        " order by amount"
    ).fetchall()
    assert rows == seen
    names: dict[object, str] = {11: "Ann", 13: "Cem"} if tenant_id == 1 else {11: "Ona", 13: "Pat"}
    asked = connection.execute(
        "select asked_by, asked_by_name from warehouse.facet_marts.fct_sales order by amount"
    ).fetchall()
    assert asked == [(asked_by, names.get(asked_by)) for _, asked_by, _ in seen]


def test_a_question_that_takes_too_long_is_stopped(house: Release, signed_in: SignIn) -> None:
    gateway = Gateway(seconds=0.2)
    endless = "select sum(a.range * b.range) from range(1000000) a, range(1000000) b"
    with pytest.raises(FacetError, match=r"stopped after 0\.2 seconds"):
        gateway.query(signed_in(1), house, endless)
    assert gateway.query(signed_in(1), house, "select 1 as one").number("one") == 1


def test_moments_are_utc_whatever_the_machine_says(
    house: Release, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    moments = Gateway().query(
        signed_in(1), house, f"select max(cast(occurred_at as text)) as moment from {LEDGER}"
    )
    assert moments.column("moment") == ("2026-03-18 12:00:00+00",)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"tenant_7\.duckdb .* cannot be read"):
        open_tenant_file(tmp_path / "tenant_7.duckdb", EVERYTHING)


def test_a_file_damaged_inside_is_said_to_be_damaged(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    release = publish_house(Settings(home=tmp_path), semantic_manifest)
    principal, gateway = sign_in(release, 2), Gateway()
    gateway.query(principal, release, "select 1")  # it opens, and stays open
    damaged = release.file_of(2)
    damaged.chmod(0o644)
    header = 12 * 1024  # of a DuckDB file
    content = damaged.read_bytes()
    damaged.write_bytes(content[:header] + bytes(len(content) - header))

    with pytest.raises(ReleaseError, match=r"tenant_2\.duckdb .* cannot be read"):
        gateway.query(principal, release, f"select * from {LEDGER}")
