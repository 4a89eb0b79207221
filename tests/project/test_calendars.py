"""Days are read in one place and have a calendar: held to what models, macros and metrics say."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from facet.config import PROJECT_DIR

#: What reads a moment by an engine's own time-zone data or by the session's clock, and the
#: functions that a run writes, which are called by macros alone.
_OWN_CLOCK = re.compile(
    r"\bat\s+time\s+zone\b|\btimezone\s*\(|\bset\s+(local\s+)?time\s*zone\b|\bfacet_source\."
    r"|\b(now|today)\s*\(|\b(current_date|current_time|current_timestamp|localtimestamp)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)


def own_clocks(sql: str) -> list[str]:
    """Each place of a model or macro that asks an engine what its own clocks show."""
    return [found.group() for found in _OWN_CLOCK.finditer(_COMMENT.sub("", sql))]


def test_no_model_reads_clocks_but_through_macros() -> None:
    folders = ("models", "macros", "snapshots", "tests/dbt")
    files = [path for folder in folders for path in (PROJECT_DIR / folder).rglob("*.sql")]
    assert len(files) > 300
    found = {
        str(path.relative_to(PROJECT_DIR)): own_clocks(path.read_text("utf-8"))
        for path in files
        if PROJECT_DIR / "macros" / "cross_db" not in path.parents
        and own_clocks(path.read_text("utf-8"))
    }
    assert found == {}


@pytest.mark.parametrize(
    "sql",
    [
        "select cast(paid_at at time zone 'UTC' as date) from payments",
        "select paid_at\n    AT TIME\n    ZONE tenants.timezone from payments",
        "select timezone(tenants.timezone, paid_at) from payments",
        "select facet_source.local_time(paid_at, tenants.timezone) from payments",
        "select * from payments where paid_at < now()",
        "select current_date - 1",
        "set time zone 'Asia/Ho_Chi_Minh'",
    ],
)
def test_a_clock_of_the_engines_own_is_found(sql: str) -> None:
    assert len(own_clocks(sql)) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "select {{ local_date('paid_at', 'tenants.timezone') }} from payments",
        "select tenants.timezone, paid_now from {{ source('facet_source', 'snapshot') }}",
        "{#- not at time zone: that is the engine's -#} select 1 -- timezone(x)",
    ],
)
def test_what_reads_by_macros_is_in_order(sql: str) -> None:
    assert own_clocks(sql) == []


def test_every_day_that_metrics_go_by_is_held_to_the_calendar() -> None:
    test = (PROJECT_DIR / "tests/dbt/assert_calendars_have_every_day_of_facts.sql").read_text()
    listed = {
        (model, column)
        for model, columns in re.findall(r"^    '(\w+)': \[(.*)\],$", test, re.MULTILINE)
        for column in re.findall(r"'(\w+)'", columns)
    }
    asked = {
        (model["model"].removeprefix("ref('").removesuffix("')"), dimension["name"])
        for path in sorted((PROJECT_DIR / "models" / "semantic").glob("*.yml"))
        for model in _semantic_models(path)
        for dimension in model.get("dimensions", ())
        if dimension["type"] == "time" and dimension["name"].endswith("_date")
    }
    assert len(asked) > 15
    assert asked <= listed


def _semantic_models(path: Path) -> list[dict[str, Any]]:
    content = yaml.safe_load(path.read_text("utf-8"))
    models: list[dict[str, Any]] = content.get("semantic_models", [])
    return models
