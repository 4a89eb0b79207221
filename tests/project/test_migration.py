"""The migration's marts: what the seeds and the connected database say, published."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from facet.operational.schema import table_names

_ROOT = Path(__file__).parents[2]


def _seed(name: str) -> list[dict[str, str]]:
    with (_ROOT / "seeds" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def query(
    foreign_database: str, publish: Callable[..., Any]
) -> Callable[[str], list[tuple[Any, ...]]]:
    """Asks the file of one tenant."""
    release = publish(foreign_database, "duckdb").release
    file = release.file_of(release.tenants[0].tenant_id)

    def rows(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(file), read_only=True) as connection:
            return connection.execute(sql.replace("from ", "from facet_marts.")).fetchall()

    return rows


def test_the_seeds_name_tables_that_the_schema_has() -> None:
    operational = {row["table_name"].lower() for row in _seed("operational_tables")}
    assert operational == set(table_names())
    replacements = {
        name for row in _seed("legacy_tables") for name in row["new_tables"].lower().split()
    }
    served_by = {
        row["served_by"] for row in _seed("legacy_purposes") if row["served_by_type"] == "table"
    }
    assert replacements | served_by <= operational
    not_migrated = {
        row["legacy_table"] for row in _seed("legacy_tables") if row["status"] != "migrated"
    }
    assert {row["legacy_table"] for row in _seed("legacy_purposes")} <= not_migrated


def test_progress_is_counted_from_the_seed(query: Callable[[str], list[tuple[Any, ...]]]) -> None:
    seed = _seed("legacy_tables")
    counted = query(
        "select migration_status, table_count, group_count from rpt_migration_progress"
        " where grouping_name = 'all'"
    )
    assert {status: count for status, count, _ in counted} == Counter(r["status"] for r in seed)
    assert {whole for *_, whole in counted} == {len(seed)}
    domains = query(
        "select distinct group_name from rpt_migration_progress where grouping_name = 'domain'"
    )
    assert {name for (name,) in domains} == {row["domain"] for row in seed}


def test_replacements_exist_and_hold_the_tenants_rows(
    query: Callable[[str], list[tuple[Any, ...]]],
) -> None:
    missing = query(
        "select legacy_table from rpt_migration_tables"
        " where migration_status = 'migrated' and not is_served"
    )
    assert missing == []
    [(orders,)] = query(
        "select row_count from rpt_migration_tables where legacy_table = 'db_order'"
    )
    [(same,)] = query("select row_count from rpt_schema_tables where table_name = 'orders'")
    [(counted,)] = query("select count(*) from fct_orders")
    assert orders == same >= counted > 0


def test_the_release_holds_the_scorecard_and_a_whole_schema(
    query: Callable[[str], list[tuple[Any, ...]]],
) -> None:
    scorecard = query("select measure, whole_count, total_count from rpt_schema_quality")
    assert len(scorecard) == 8
    structure = {"existence", "foreign_keys", "types", "indexes", "constraints", "documentation"}
    assert [row for row in scorecard if row[0] in structure and row[1] != row[2]] == []
    assert query("select count(*) from rpt_schema_references where not is_declared") == [(0,)]
