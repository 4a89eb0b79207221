"""One shop's mistake is that shop's: a healthy tenant beside many bad ones, on both engines."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from facet.config import Engine, Settings
from facet.pipeline.history import RunReport
from facet.release import Release, current
from tests.project import bad_tenants
from tests.project.bad_tenants import BAD, Fault
from tests.project.compare import rows_of
from tests.project.small_shop import HEALTHY

#: Marts about the operational database as a whole, which has more rows with more tenants.
_OF_ALL = ("rpt_schema_", "rpt_model_costs", "rpt_table_growth", "rpt_unused_", "rpt_narrow_")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A run over all tenants, and the file of the healthy one when it is alone."""

    report: RunReport
    release: Release
    alone: Path

    def rows(self, tenant_id: int, query: str) -> list[Any]:
        return rows_of(self.release, tenant_id, query)


@pytest.fixture(scope="module")
def alone(
    operational_database: Callable[[], str],
    run_anew: Callable[[str, Engine], tuple[Settings, RunReport]],
) -> Path:
    """The file of the healthy one when it is alone; of DuckDB, which PostgreSQL must equal too."""
    url = operational_database()
    bad_tenants.load(url, with_bad_ones=False)
    settings, _ = run_anew(url, "duckdb")
    return current(settings.releases_dir).file_of(HEALTHY)


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def outcome(
    request: pytest.FixtureRequest,
    operational_database: Callable[[], str],
    run_anew: Callable[[str, Engine], tuple[Settings, RunReport]],
    alone: Path,
) -> Outcome:
    url = operational_database()
    bad_tenants.load(url, with_bad_ones=True)
    settings, report = run_anew(url, request.param)
    return Outcome(report=report, release=current(settings.releases_dir), alone=alone)


def _contents(file: Path) -> dict[str, list[Any]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'facet_marts' order by 1"
        ).fetchall()
        return {
            name: connection.execute(f"select * from facet_marts.{name} order by all").fetchall()
            for (name,) in names
            if not name.startswith(_OF_ALL)
        }


def test_the_healthy_one_has_the_numbers_that_it_has_alone(outcome: Outcome) -> None:
    assert outcome.release.tenant(HEALTHY).status == "fresh"
    together, alone = _contents(outcome.release.file_of(HEALTHY)), _contents(outcome.alone)
    assert together.keys() == alone.keys()
    assert {name for name in alone if together[name] != alone[name]} == set()
    assert len(alone["fct_orders"]) == 3
    assert alone["fct_quarantined_rows"] == []


@pytest.mark.parametrize(
    ("tenant", "fault"), BAD.items(), ids=[fault.name for fault in BAD.values()]
)
def test_each_bad_one_is_held_back_or_its_rows_quarantined_by_name_and_cause(
    outcome: Outcome, tenant: int, fault: Fault
) -> None:
    entries = {entry.tenant_id: entry for entry in outcome.release.tenants}
    if fault.is_gone:
        assert tenant not in entries
        return
    if fault.held_back:
        assert entries[tenant].status == "missing"
        assert fault.held_back in "; ".join(entries[tenant].reasons)
        return
    assert (entries[tenant].status, entries[tenant].reasons) == ("fresh", ())
    rows = outcome.rows(
        tenant, "select source_table, source_id, cause, source_column from fct_quarantined_rows"
    )
    expected = {(table, tenant * 100 + plus, *named) for table, plus, *named in fault.quarantined}
    assert expected <= set(rows)
    assert bool(rows) == bool(expected)
    counts = outcome.rows(
        tenant,
        "select (select count(*) from fct_orders), (select count(*) from fct_order_lines),"
        " (select count(*) from fct_payments)",
    )
    assert counts == [fault.counted]


def test_held_back_are_those_that_cannot_be_counted_and_nobody_else(outcome: Outcome) -> None:
    expected = {tenant for tenant, fault in BAD.items() if fault.held_back}
    found = {entry.tenant_id for entry in outcome.release.tenants if entry.status != "fresh"}
    assert found == expected
    assert len(outcome.report.held_back) == len(expected)
    assert outcome.release.is_demo  # what is readable of a tenant that is held back stays so


def test_a_row_of_nobody_is_told_and_in_nobodys_file(outcome: Outcome) -> None:
    assert outcome.release.rows_without_tenant == {"fct_quarantined_rows": 1, "rpt_quarantine": 1}


def test_calendars_reach_from_the_year_before_the_first_day_to_the_next_years_end(
    outcome: Outcome,
) -> None:
    for tenant in (2, 4, 5, 6):  # infinite, and the years 1, 3025 and 12000
        assert outcome.rows(tenant, "select min(date_day), max(date_day) from dim_dates") == (
            outcome.rows(HEALTHY, "select min(date_day), max(date_day) from dim_dates")
        )
