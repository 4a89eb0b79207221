"""A person is erased from everything that is kept, stays erased, and no total changes."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.pipeline import erasure
from facet.pipeline.erasure import ErasureError, erase
from facet.pipeline.run import run
from facet.release import Release, current, list_releases, verify
from facet.staging import declared_tables

#: The training shops; the demo's chain of merges (11 → 12 → 13), in the second + 500.
NEW_YORK, SYDNEY = 5, 6
CHAIN = (11, 12, 13)
_PERSONAL_NAMES: Final = re.compile(
    r"phone|email|^name$|full_name|display_name|recipient|line[12]$|postal|birth|anniversary|handle"
    r"|avatar|^body$|subject|occupation|gender"
)


@pytest.fixture
def home(demo_database: str, publish: Callable[..., Any], tmp_path: Path) -> Settings:
    """A home of its own with a release of the demo, whose names are kept like nobody else's."""
    served: Any = publish(demo_database, "duckdb")
    shutil.copytree(served.settings.home, tmp_path / "home")
    settings: Settings = served.settings
    return replace(settings, home=tmp_path / "home")


def _names(url: str, tenant_id: int, customers: tuple[int, ...]) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select k.full_name, k.email, k.phone from crm_personal_keys k join crm_customers c"
            " on c.tenant_id = k.tenant_id and c.personal_key_id = k.id"
            " where c.tenant_id = %s and c.id = any(%s)",
            [tenant_id, list(customers)],
        ).fetchall()
    return {value for row in rows for value in row if value}


def _found(home: Path, sought: set[str]) -> set[str]:
    """Where any of some texts stands, in any file of a home."""
    return {
        f"{path.name}: {place}"
        for path in home.rglob("*.duckdb")
        for place in _places(path, "|".join(map(re.escape, sorted(sought))))
    }


def _places(path: Path, pattern: str) -> Iterator[str]:
    """The columns of a file in which a pattern stands anywhere; none where it is empty."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name, list(column_name) from duckdb_columns() c"
            " join duckdb_tables() t using (database_name, schema_name, table_name)"
            " where data_type = 'VARCHAR' and not c.internal group by all"
        ).fetchall()
        for schema, table, columns in tables if pattern else ():
            matches = [f'bool_or(regexp_matches("{column}", $1))' for column in columns]
            query = f'select {", ".join(matches)} from "{schema}"."{table}"'
            (found,) = connection.execute(query, [pattern]).fetchall()
            yield from (
                f"{schema}.{table}.{c}" for c, is_in in zip(columns, found, strict=True) if is_in
            )


def _totals(release: Release, tenant_id: int) -> list[Any]:
    with duckdb.connect(str(release.file_of(tenant_id)), read_only=True) as connection:
        return connection.execute(
            "select event_type, count(*), sum(amount), sum(quantity), count(distinct person_id)"
            " from facet_marts.fct_sales_ledger group by 1 order by 1"
        ).fetchall()


def test_a_person_is_gone_from_copy_marts_and_releases_and_stays_gone(
    home: Settings, demo_database: str
) -> None:
    sought = _names(demo_database, NEW_YORK, CHAIN)
    others = _names(demo_database, SYDNEY, tuple(n + 500 for n in CHAIN))
    kept = others - sought
    before = current(home.releases_dir)
    totals = _totals(before, NEW_YORK)
    assert len(_found(home.home, sought)) >= 4

    certificate = erase(home, tenant_id=NEW_YORK, person_id=12)

    assert certificate.person.customer_ids == CHAIN
    assert _found(home.home, sought) == _found(home.home, sought & others)
    assert _found(home.home, kept)
    after = current(home.releases_dir)
    assert after.id == before.id
    assert verify(after) == ()
    assert _totals(after, NEW_YORK) == totals
    assert certificate.rows["copy: crm_personal_keys"] == len(certificate.person.personal_key_ids)
    assert certificate.rows[f"release {after.id}: dim_customers"] == 1
    written = certificate.path.read_text("utf-8")
    assert not any(text in written for text in sought)

    with psycopg.connect(demo_database) as connection:  # a new version of the same rows
        connection.execute(
            "update crm_personal_keys set full_name = full_name where tenant_id = %s", [NEW_YORK]
        )
    for full in (False, True):
        assert run(home, full=full).error is None
        assert len(list_releases(home)) > 1
        assert _found(home.home, sought) == _found(home.home, sought & others)
        assert _totals(current(home.releases_dir), NEW_YORK) == totals


def test_what_a_crash_left_undone_the_next_call_finishes(
    home: Settings, demo_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought = _names(demo_database, NEW_YORK, CHAIN)

    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "_erase_from_warehouse", crash)
        with pytest.raises(RuntimeError):
            erase(home, tenant_id=NEW_YORK, person_id=11)
    (path,) = (home.home / "erasures").iterdir()
    assert json.loads(path.read_text("utf-8"))["finished_at"] is None
    assert _found(home.home, sought)

    erase(home, tenant_id=SYDNEY, person_id=511)

    assert json.loads(path.read_text("utf-8"))["finished_at"]
    assert _found(home.home, sought) == set()
    assert verify(current(home.releases_dir)) == ()


def test_nobody_is_erased_by_mistake(home: Settings) -> None:
    for tenant_id, person_id in ((NEW_YORK, 511), (SYDNEY, 11), (99, 11)):
        with pytest.raises(ErasureError, match="no such customer"):
            erase(home, tenant_id=tenant_id, person_id=person_id)
    with pytest.raises(ErasureError, match="in place"):
        erase(replace(home, engine="postgres"), tenant_id=NEW_YORK, person_id=11)
    assert not (home.home / "erasures").exists()


def test_what_looks_personal_is_declared_so() -> None:
    """Of tables that are about persons: names, numbers, addresses, words that they wrote."""
    tables = declared_tables(Settings().project_dir)
    undeclared = {
        f"{table.name}.{column.name}"
        for table in tables
        if table.person and table.person[1] != "orders"
        for column in table.columns
        if _PERSONAL_NAMES.search(column.name)
        and not column.name.endswith("_id")
        and column.name not in table.personal
    }
    assert undeclared == set()
    assert {"crm_personal_keys", "omnichannel_message", "sms_messages"} <= {
        table.name for table in tables if table.personal
    }
