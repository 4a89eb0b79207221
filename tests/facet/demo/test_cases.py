"""docs/demo_cases.md and the demo agree: each id that it lists is there and is what it says.

What makes a row the case that it is, is said in SQL about the row ``it``: ``tenant`` is its row of
sys_tenants, ``as_of`` the demo's as-of date, ``local(moment)`` the wall time of the tenant.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from facet.demo import create_demo
from tests.facet.demo.campaign_cases import CAMPAIGN_CASES
from tests.facet.demo.order_cases import ORDER_CASES
from tests.facet.demo.promotion_cases import PROMOTION_CASES
from tests.facet.demo.work_cases import WORK_CASES

Connection = psycopg.Connection[tuple[Any, ...]]

AS_OF = date(2026, 11, 22)
PAGE = Path(__file__).parents[3] / "docs" / "demo_cases.md"
#: Tenant, and what is added to the ids that the page lists.
SHOPS = {"NL": (1, 0), "TN": (5, 0), "TS": (6, 500)}

CASES: dict[str, str] = {**ORDER_CASES, **PROMOTION_CASES, **WORK_CASES, **CAMPAIGN_CASES}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Ids that the page lists for one tenant."""

    case: str
    tenant_id: int
    table: str
    ids: tuple[int, ...]


def _listed() -> list[Listed]:
    rows = re.findall(
        r"^\| `(\w+)` \| ([A-Z, ]+) \| (\w+) \| ([\d, ]+) \| .+ \|$", PAGE.read_text(), re.MULTILINE
    )
    return [
        Listed(
            case=case,
            tenant_id=SHOPS[shop][0],
            table=table,
            # in Sydney the ids of what New York has too are 500 higher
            ids=tuple(int(i) + (SHOPS[shop][1] if "," in shops else 0) for i in ids.split(",")),
        )
        for case, shops, table, ids in rows
        for shop in shops.split(", ")
    ]


def test_the_page_and_the_conditions_name_the_same_cases() -> None:
    assert {listed.case for listed in _listed()} == set(CASES)
    assert PAGE.read_text().count("\n| `") == len(CASES)


@pytest.mark.parametrize(
    "listed", _listed(), ids=lambda listed: f"{listed.case}-{listed.tenant_id}"
)
def test_each_listed_row_is_the_case_that_the_page_says(demo: Connection, listed: Listed) -> None:
    assert _rows_of_the_case(demo, listed, AS_OF) == set(listed.ids)


def test_in_the_four_houses_stand_no_cases_but_six_ordinary_orders(demo: Connection) -> None:
    tables = demo.execute(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name in ('id', 'tenant_id') group by 1 having count(*) = 2 order by 1"
    ).fetchall()
    found = {
        table: [*map(int, ids)]
        for (table,) in tables
        for (ids,) in demo.execute(
            "select array_agg(id order by id)"
            f" from {table} where id < 1000 and tenant_id <= 4 having count(*) > 0"
        ).fetchall()
    }
    orders = ("order_items", "order_meta_crm", "order_payments", "orders")
    assert found == {table: [301, 302, 303, 304, 305, 999] for table in orders}
    named = demo.execute(
        "select order_number from orders where tenant_id <= 4 and order_number like '%CASE%'"
    )
    assert named.fetchall() == []


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 4, 6), date(2030, 1, 1)], ids=str)
def test_the_cases_hold_on_any_day(operational_database: Callable[[], str], as_of: date) -> None:
    url = operational_database()
    create_demo(url, as_of=as_of, scale=0.001)
    with psycopg.connect(url) as connection:
        missed = [
            listed
            for listed in _listed()
            if _rows_of_the_case(connection, listed, as_of) != set(listed.ids)
        ]
    assert missed == []


def _rows_of_the_case(connection: Connection, listed: Listed, as_of: date) -> set[int]:
    condition = re.sub(
        r"local\(([^()]*)\)", r"((\1) at time zone tenant.timezone)", CASES[listed.case]
    ).replace("as_of", f"date '{as_of}'")
    rows = connection.execute(
        f"select it.id from {listed.table} as it"
        " inner join sys_tenants as tenant on tenant.id = it.tenant_id"
        f" where it.tenant_id = {listed.tenant_id} and it.id = any(array{list(listed.ids)})"
        f" and ({condition})"
    ).fetchall()
    return {i for (i,) in rows}
