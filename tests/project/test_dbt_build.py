"""`dbt build` with all its tests, unit tests too, on both engines; nothing goes untested."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from facet.config import Engine, Settings
from facet.pipeline.dbt import BuildResult, _Dbt, build
from facet.pipeline.measuring import measure
from facet.pipeline.profile import environment, environment_set, target_path
from facet.sync import sync


@dataclass(frozen=True, kw_only=True)
class Built:
    """A build, and the nodes that the manifest had after it."""

    settings: Settings
    result: BuildResult
    nodes: tuple[dict[str, Any], ...]


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def built(
    request: pytest.FixtureRequest,
    new_foreign_database: Callable[[int], str],
    new_home: Callable[[str, Engine], Path],
) -> Built:
    """A build of everything on one engine; in PostgreSQL by a role that is bound by policies."""
    url = new_foreign_database(30)
    if request.param == "postgres":
        url = _as_ordinary_role(url)
    engine = cast(Engine, request.param)
    settings = Settings(home=new_home(url, engine), engine=engine, operational_url=url)
    if settings.engine == "duckdb":
        sync(settings, url)
    measure(settings, url)
    result = build(settings, url, exclude_unit_tests=False)
    manifest = json.loads((target_path(settings) / "manifest.json").read_text())
    nodes = (*manifest["nodes"].values(), *manifest["unit_tests"].values())
    return Built(settings=settings, result=result, nodes=nodes)


def _as_ordinary_role(url: str) -> str:
    """The same database for a role with the rights that docs/operations.md names, and no more."""
    database = conninfo_to_dict(url)["dbname"]
    role = f"{database}_builder"
    with psycopg.connect(url) as connection:
        for statement in (
            f"create role {role} login",
            f"grant create on database {database} to {role}",
            f"grant select on all tables in schema public to {role}",
        ):
            connection.execute(statement.encode())
    return url.replace("//postgres@", f"//{role}@")


def test_every_model_is_built_and_every_test_passes(built: Built) -> None:
    wanted = Counter(node["resource_type"] for node in built.nodes)
    statuses = Counter(
        (node.resource_type.split(".")[-1], node.status) for node in built.result.nodes
    )
    assert wanted["unit_test"] >= 20
    assert wanted["test"] >= 70
    assert statuses == {
        ("model", "success"): wanted["model"],
        ("seed", "success"): wanted["seed"],
        ("snapshot", "success"): wanted["snapshot"],
        ("test", "pass"): wanted["test"],
        ("unit_test", "pass"): wanted["unit_test"],
    }


def test_every_staging_model_is_held_to_its_key(built: Built) -> None:
    nodes = built.nodes
    held = {
        model
        for node in nodes
        if node["name"].endswith("_rows_have_a_key")
        for model in node["depends_on"]["nodes"]
    }
    staged = {node["unique_id"] for node in nodes if node["name"].startswith("stg_")}
    assert len(staged) > 100
    assert staged == held


def test_a_target_that_changes_keeps_what_it_was_whatever_is_built_anew(built: Built) -> None:
    settings, url = built.settings, str(built.settings.operational_url)
    (before,) = _rows(settings, _TARGETS + " where target_value > 0 order by 1, 2 limit 1")
    tenant, goal, _, _, value, made_at, _ = before
    with psycopg.connect(make_conninfo(url, user="postgres"), autocommit=True) as connection:
        query = "update mkt_campaign_goals set target_value = %s where tenant_id = %s and id = %s"
        connection.execute(query, [value + 1, tenant, goal])
        query = "select updated_at from mkt_campaign_goals where tenant_id = %s and id = %s"
        (changed_at,) = connection.execute(query, [tenant, goal]).fetchall()[0]
    if settings.engine == "duckdb":
        sync(settings, url, full=True)
    with environment_set(environment(settings, url)):
        dbt = _Dbt(settings, lambda _: None)
        dbt.parse()
        kept = ("campaign_goal_targets", "rpt_campaign_goal_targets", "int_marketing__goals_dated")
        results = dbt.invoke("build", "--full-refresh", "--select", *kept)
        dbt.close()
    assert {node.status for node in results} == {"success", "pass"}
    after = _rows(
        settings, f"{_TARGETS} where (tenant_id, goal_id) = ({tenant}, {goal}) order by 3"
    )
    assert after == [
        (tenant, goal, 1, "first", value, made_at, changed_at),
        (tenant, goal, 2, "raised", value + 1, changed_at, None),
    ]


_TARGETS = (
    "select tenant_id, goal_id, version_number, change_type, target_value, valid_from_at,"
    " valid_to_at from facet_marts.rpt_campaign_goal_targets"
)


def _rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on what was built."""
    if settings.engine == "duckdb":
        with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
            return warehouse.execute(query).fetchall()
    with psycopg.connect(str(settings.operational_url)) as connection:
        return connection.execute(query).fetchall()
