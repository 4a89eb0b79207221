"""What is released tells how to reach nobody, and has names only where they may be."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

_SOUGHT = """
    select phone from crm_personal_keys union select email from crm_personal_keys
    union select phone from crm_personal_addresses union select line1 from crm_personal_addresses
    union select handle from crm_personal_contacts where contact_type in ('email', 'phone')
    union select phone_number from sms_contacts union select email from sys_users
    union select email from auth_users union select phone from sys_users
"""


def _texts(path: Path) -> dict[str, set[str]]:
    """Each text of a file, and the columns that it stands in."""
    places: dict[str, set[str]] = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where data_type = 'VARCHAR' and schema_name = 'facet_marts'"
        ).fetchall()
        for table, column in columns:
            rows = connection.execute(f'select distinct "{column}" from facet_marts."{table}"')
            for (value,) in rows.fetchall():
                places.setdefault(value or "", set()).add(f"{table}.{column}")
    return places


def _personal(path: Path) -> set[str]:
    """The columns that a file declares as read with the right to personal data alone."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() where comment is not null"
        ).fetchall()
    return {
        f"{table}.{column}"
        for table, comment in tables
        for column in json.loads(comment).get("personal", ())
    }


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_no_file_of_a_release_tells_how_to_reach_anybody(
    demo_database: str, publish: Callable[..., Any], engine: str
) -> None:
    release = publish(demo_database, engine).release
    with psycopg.connect(demo_database) as connection:
        sought = {str(value) for (value,) in connection.execute(_SOUGHT) if value}
        names = {
            str(name)
            for (name,) in connection.execute(  # staff can be customers, too
                "select full_name from crm_personal_keys except select full_name from sys_users"
            )
            if name
        }
    numbers = {digits for text in sought if len(digits := re.sub(r"\D", "", text)) >= 8}
    assert len(sought) > 1000
    assert len(numbers) > 500

    named: set[str] = set()
    declared: set[str] = set()
    for tenant in release.tenants:
        declared |= _personal(release.file_of(tenant.tenant_id))
        for text, places in _texts(release.file_of(tenant.tenant_id)).items():
            assert text not in sought, places
            parts = {*re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)}
            assert not parts & sought, places
            assert not {re.sub(r"\D", "", n) for n in re.findall(r"\+?\d[\d ()-]{7,}", text)} & (
                numbers
            ), places
            if text in names:
                named |= places
    for file in ("release.json", "rights.json"):
        text = (release.directory / file).read_text("utf-8")
        assert not set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)) & sought
    assert {"dim_customers.full_name", "rpt_persons.full_name"} <= named
    assert named <= declared


def test_the_log_of_a_build_tells_of_nobody(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    settings = publish(demo_database, "duckdb").settings
    (log,) = (settings.home / "dbt" / "logs").glob("*/dbt.log")
    text = log.read_text("utf-8")
    assert "create or replace view" in text  # statements are in it
    with psycopg.connect(demo_database) as connection:
        sought = {str(value) for (value,) in connection.execute(_SOUGHT) if value}
        names = connection.execute(
            "select full_name from crm_personal_keys where full_name like '% %'"
            " order by id limit 99"
        ).fetchall()
    numbers = {digits for value in sought if len(digits := re.sub(r"\D", "", value)) >= 8}
    assert not set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)) & sought
    assert not set(re.findall(r"\d{8,}", text)) & numbers
    assert len(names) == 99
    assert [name for (name,) in names if name in text] == []
