"""``tenant_id`` is in every model, join, window and group: read off dbt's compiled SQL."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from facet.pipeline.profile import target_path

#: What belongs to no tenant: operational tables, seeds and facts about the operational database;
#: joining them needs no tenant.
SHARED = {
    "platforms", "permissions", "role_permissions", "auth_users",
    "snapshot", "legacy_tables", "legacy_purposes", "operational_tables", "time_zones",
    "quarantine_causes", "currencies", "limits", "moving_events", "event_countries", "rfm_segments",
    "page_sources",
    "tables_found", "table_references", "measures", "latest_measures", "indexes", "narrow_keys",
    "model_costs", "run_days", "node_timings",
}  # fmt: skip
_WITHOUT_TENANT = {
    "stg_channels__platforms",
    "stg_system__permissions",
    "stg_system__role_permissions",
    "stg_system__auth_users",
}


def breaches(sql: str) -> Iterator[str]:
    """Every join, window and group of a statement that leaves the tenant out."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    for join in tree.find_all(exp.Join):
        if isinstance(join.this, exp.Values):  # of nobody: written out in the statement
            continue
        equals = join.args["on"].find_all(exp.EQ) if join.args.get("on") else ()
        if join.this.alias_or_name not in SHARED and not any(
            _is_tenant(equal.left) and _is_tenant(equal.right) for equal in equals
        ):
            yield f"join without tenant_id: {join.sql()}"
    for window in tree.find_all(exp.Window):
        if not any(map(_is_tenant, window.args.get("partition_by") or ())):
            yield f"window without tenant_id: {window.sql()}"
    for group in tree.find_all(exp.Group):
        if not any(map(_is_tenant, group.expressions)):
            yield f"group without tenant_id: {group.sql()}"


def _is_tenant(expression: Any) -> bool:
    return isinstance(expression, exp.Column) and expression.name == "tenant_id"


@pytest.fixture
def models(foreign_database: str, publish: Callable[..., Any]) -> list[dict[str, Any]]:
    target = target_path(publish(foreign_database, "duckdb").settings)
    manifest = json.loads((target / "manifest.json").read_text())
    compiled = target / "compiled" / "facet"
    return [
        node | {"compiled_code": (compiled / node["original_file_path"]).read_text()}
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    ]


def test_no_model_leaves_the_tenant_out(models: list[dict[str, Any]]) -> None:
    assert len(models) > 50
    found = {
        model["name"]: list(breaches(model["compiled_code"]))
        for model in models
        if any(breaches(model["compiled_code"]))
    }
    assert found == {}


def test_every_model_names_the_tenant(
    models: list[dict[str, Any]],
) -> None:
    missing = [
        model["name"]
        for model in models
        if model["name"] not in _WITHOUT_TENANT and "tenant_id" not in model["compiled_code"]
    ]
    assert missing == []


@pytest.mark.parametrize(
    "sql",
    [
        "select * from a inner join b on b.order_id = a.order_id",
        "select * from a inner join b on b.tenant_id = a.order_id",
        "select * from a cross join b",
        "select sum(x) over (partition by order_id) from a",
        "select order_id, count(*) from a group by order_id",
        "with c as (select row_number() over (order by id) from a) select * from c",
    ],
)
def test_a_statement_that_leaves_the_tenant_out_is_found(sql: str) -> None:
    assert len(list(breaches(sql))) == 1
