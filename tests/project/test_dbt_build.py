"""`dbt build` with all its tests, unit tests too, on both engines; nothing goes untested."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from facet.config import Engine, Settings
from facet.pipeline.dbt import BuildResult, build
from facet.pipeline.measuring import measure
from facet.sync import sync


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def built(
    request: pytest.FixtureRequest,
    new_foreign_database: Callable[[int], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Settings, BuildResult]:
    """A build of everything on one engine."""
    url = new_foreign_database(30)
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        engine=cast(Engine, request.param),
        operational_url=url,
    )
    if settings.engine == "duckdb":
        sync(settings, url)
    measure(settings, url)
    return settings, build(settings, url, exclude_unit_tests=False)


def _nodes(settings: Settings) -> list[dict[str, Any]]:
    manifest = Path(settings.home, "dbt", settings.engine, "manifest.json").read_text()
    content = json.loads(manifest)
    return [*content["nodes"].values(), *content["unit_tests"].values()]


def test_every_model_is_built_and_every_test_passes(built: tuple[Settings, BuildResult]) -> None:
    settings, result = built
    wanted = Counter(node["resource_type"] for node in _nodes(settings))
    statuses = Counter((node.resource_type.split(".")[-1], node.status) for node in result.nodes)
    assert wanted["unit_test"] >= 20
    assert wanted["test"] >= 70
    assert statuses == {
        ("model", "success"): wanted["model"],
        ("seed", "success"): wanted["seed"],
        ("test", "pass"): wanted["test"],
        ("unit_test", "pass"): wanted["unit_test"],
    }


def test_every_mart_has_a_contract_a_grain_and_says_what_a_row_is(
    built: tuple[Settings, BuildResult],
) -> None:
    nodes = _nodes(built[0])
    grains = {
        node["attached_node"]
        for node in nodes
        if (node.get("test_metadata") or {}).get("name") == "grain"
    }
    models = [
        node
        for node in nodes
        if node["resource_type"] == "model" and node["config"]["materialized"] == "table"
    ]
    assert [node["name"] for node in models if node["unique_id"] not in grains] == []
    for node in models:
        assert node["config"]["contract"]["enforced"], node["name"]
        assert "One row per" in " ".join(node["description"].split()), node["name"]


def test_every_staging_model_is_held_to_its_key(built: tuple[Settings, BuildResult]) -> None:
    nodes = _nodes(built[0])
    held = {
        model
        for node in nodes
        if node["name"].endswith("_rows_have_a_key")
        for model in node["depends_on"]["nodes"]
    }
    staged = {node["unique_id"] for node in nodes if node["name"].startswith("stg_")}
    assert len(staged) > 100
    assert staged == held


def test_every_unit_test_of_the_sales_models_has_two_tenants(
    built: tuple[Settings, BuildResult],
) -> None:
    tests = [node for node in _nodes(built[0]) if node["resource_type"] == "unit_test"]
    lonely = [
        node["name"]
        for node in tests
        if len({row.get("tenant_id") for row in node["expect"]["rows"]}) < 2
    ]
    assert lonely == []
