"""What is in one table agrees with what is in the others.

Every table of the live catalogue is looked at; `claims.py` has what holds between some.
"""

from datetime import date
from typing import Any

import psycopg
import pytest

from tests.facet.demo.claims import CLAIMS

Connection = psycopg.Connection[tuple[Any, ...]]

AS_OF = date(2026, 11, 22)

#: Moments that are plans: they may be after the as-of date.
PLANNED = {
    ("crm_reengaged_batches", "scheduled_at"),
    ("mkt_promotions", "starts_at"),
    ("mkt_promotions", "ends_at"),
    ("schedule", "starts_at"),
    ("schedule", "ends_at"),
    ("schedule_revision_detail", "old_starts_at"),
    ("schedule_revision_detail", "old_ends_at"),
    ("schedule_revision_detail", "new_starts_at"),
    ("schedule_revision_detail", "new_ends_at"),
    ("schedule_time_off_request", "starts_at"),
    ("schedule_time_off_request", "ends_at"),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_it_holds_that(demo: Connection, claim: str) -> None:
    assert demo.execute(f"select count(*) from ({CLAIMS[claim]}) as broken").fetchone() == (0,)


def _columns(demo: Connection) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for table, column, data_type in demo.execute(
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_schema = 'public' order by table_name, ordinal_position"
    ):
        tables.setdefault(table, {})[column] = data_type
    return tables


def latest_of(demo: Connection, expression: str) -> dict[str, Any]:
    """The latest of every moment that is no plan, by table and column: of an expression of it."""
    latest: dict[str, Any] = {}
    for table, columns in _columns(demo).items():
        moments = [
            name
            for name, data_type in columns.items()
            if data_type == "timestamp with time zone" and (table, name) not in PLANNED
        ]
        if "tenant_id" in columns and moments:
            greatest = ", ".join(f"max({expression.format(name)})" for name in moments)
            row = demo.execute(
                f"select {greatest} from {table} as it"
                " left join sys_tenants as tenant on tenant.id = it.tenant_id"
            ).fetchone()
            assert row is not None
            latest |= {f"{table}.{name}": of for name, of in zip(moments, row, strict=True)}
    return {name: of for name, of in latest.items() if of is not None}


def changed_before_added(demo: Connection) -> list[str]:
    """The tables with a row that was changed before it was added."""
    return [
        table
        for table, columns in _columns(demo).items()
        if {"created_at", "updated_at"} <= columns.keys()
        and demo.execute(f"select from {table} where updated_at < created_at limit 1").fetchone()
        is not None
    ]


def test_every_table_has_rows_of_every_house(demo: Connection) -> None:
    missing = [
        table
        for table, columns in _columns(demo).items()
        if "tenant_id" in columns
        and demo.execute(
            f"select count(distinct tenant_id) from {table} where tenant_id <= 4"
        ).fetchone()
        != (4,)
    ]
    assert missing == ["crm_customer_merge_logs"]  # Paris merged nobody at this size


def test_nothing_has_happened_after_the_as_of_date(demo: Connection) -> None:
    days = latest_of(demo, "(it.{} at time zone timezone)::date")
    assert [name for name, day in days.items() if day >= AS_OF] == []


def test_no_row_was_changed_before_it_was_added(demo: Connection) -> None:
    assert changed_before_added(demo) == []


def test_what_a_row_is_about_is_there_and_of_its_tenant(demo: Connection) -> None:
    lost = []
    for table, columns in _columns(demo).items():
        if "subject_type" in columns:
            for (subject,) in demo.execute(
                f"select distinct subject_type from {table} where subject_type is not null"
            ):
                row = demo.execute(
                    f"select from {table} as it where subject_type = '{subject}' and not exists"
                    f" (select from {subject} as subject where subject.id = it.subject_id"
                    " and subject.tenant_id = it.tenant_id) limit 1"
                ).fetchone()
                if row is not None:
                    lost.append(f"{table}: {subject}")
    assert lost == []
