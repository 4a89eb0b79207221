"""Every model grows with its rows: none pairs off the rows of two tables before it looks at them.

Two kinds of join do that. A loop compares each row with each: DuckDB plans one where a condition is
no comparison of one side with the other (an `or`, a condition on one side alone, arithmetic over
both). And where nothing is equal but the tenant, all rows of a tenant in one table meet all of them
in the other. Either is fine where one side is a row per tenant or otherwise a few; who has more
says so here. Plans are read, not clocks: they are the same on a slow machine and for a small shop.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)

from facet.reporting.query.catalogue import catalogue_of
from facet.reporting.query.metricflow_internals import days_of_moments

_LOOPS: Final = (
    "BLOCKWISE_NL_JOIN",
    "CROSS_PRODUCT",
    "IE_JOIN",
    "NESTED_LOOP_JOIN",
    "PIECEWISE_MERGE_JOIN",
    "POSITIONAL_JOIN",
)
_MOMENTS: Final = """
    select table_name, column_name from duckdb_columns()
    where schema_name = 'facet_marts' and not internal and column_name like '%_at_local'
        and database_name = current_database()
"""
#: Of these there is a row for each tenant, or one at all, or (attributions to choose from) twenty.
_FEW: Final = frozenset(
    {
        *("dim_tenants", "snapshot", "sys_tenants", "int_platform__settings_read", "lifetime_fits"),
        *("forecast_back_tests", "int_sales__periods_begun"),
        *("int_screening__tenants_counted", "int_screening__tenants_set_aside"),
        "int_marketing__attribution_windows_listed",
    }
)
#: What else is little beside all that it is paired with, and why.
_FEW_THERE: Final = {
    "int_customers__persons_paced": ({"int_customers__order_days_spaced"}, "a shop's own median"),
    "int_customers__persons_reengaged": ({"int_customers__batches_begun"}, "batches of a year"),
    "int_customers__persons_scored": (
        {"int_customers__batches_begun"},
        "three days of a tenant, and those before batches of a year",
    ),
    "int_marketing__promotion_days_compared": ({"fct_orders"}, "the first order of a tenant"),
    "int_marketing__promotions_modelled": ({"fct_orders"}, "the first order of a tenant"),
    "int_marketing__scope_days_summed": (
        {"int_marketing__promotion_scopes_listed"},
        "a scope meets its days, which are the rows that the model has",
    ),
    "int_products__products_stocked": (
        {"int_products__stock_counted", "int_products__month_ends_counted"},
        "whether a tenant counts its stock, and notes what moves",
    ),
    "int_sales__days_elapsed": ({"dim_events"}, "the events of a tenant, some in a year"),
    "fct_replies": ({"int_people__business_hours_cumulated"}, "whether a tenant has hours"),
    "rpt_cohort_months": ({"dim_dates"}, "the first days of months"),
    "rpt_migration_tables": (
        {"legacy_tables", "page_sources"},
        "the tables of the old schema, and the pages of a table",
    ),
    "rpt_promotions": ({"dim_dates", "fct_orders"}, "the last day of a tenant and all its sales"),
    "rpt_role_permissions": ({"logs_human"}, "the first moment of a tenant's log"),
}


@pytest.fixture(scope="module")
def plans(demo_database: str, publish: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """How DuckDB would build each model of a home that has built them all."""
    settings = publish(demo_database, "duckdb").settings
    models = settings.home / "dbt" / "duckdb" / "compiled" / "facet" / "models"
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        warehouse.execute("set timezone = 'UTC'")
        return {path.stem: _plan(warehouse, path) for path in sorted(models.glob("**/*.sql"))}


def test_no_model_pairs_off_the_rows_of_two_tables(plans: dict[str, dict[str, Any]]) -> None:
    found = {
        model: pairs for model, plan in plans.items() if (pairs := [*_pairs(plan, few=_few(model))])
    }
    assert len(plans) > 200
    assert found == {}


def test_nothing_is_called_little_that_is_not_paired(plans: dict[str, dict[str, Any]]) -> None:
    assert [model for model in _FEW_THERE if not [*_pairs(plans[model])]] == []


def test_a_period_is_looked_for_in_the_columns_that_have_the_days_of_moments(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    """Marts are sorted by days: by a column DuckDB skips others, by a cast it reads them all."""
    release = publish(demo_database, "duckdb").release
    statement = catalogue_of(release).compile(
        names=("net_sales", "orders"),
        by=("metric_time__day", "metric_time__month"),
        conditions=(),
        order_by=(),
        limit=None,
    )
    assert "cast(ledger_date as date) AS metric_time__day" in statement
    assert "cast(order_date as date) AS metric_time__day" in statement
    assert "date_trunc('month', ledger_date) AS metric_time__month" in statement
    assert "date_trunc('month', order_date) AS metric_time__month" in statement

    days = days_of_moments(
        parse_manifest_from_dbt_generated_manifest(release.semantic_manifest.read_text("utf-8"))
    )
    checked = set()
    for tenant in release.tenants:
        with duckdb.connect(str(release.file_of(tenant.tenant_id)), read_only=True) as file:
            for mart, moment in file.execute(_MOMENTS).fetchall():
                if moment not in days:
                    continue  # no metric is by it
                query = f"select count(*) from facet_marts.{mart}"
                query += f" where cast({moment} as date) is distinct from {days[moment]}"
                assert file.execute(query).fetchone() == (0,), (mart, moment)
                checked.add(moment)
    assert checked == days.keys()


@pytest.mark.parametrize(
    ("condition", "is_found"),
    [
        ("a.tenant_id = b.tenant_id and a.id = b.id", False),
        ("a.tenant_id = b.tenant_id and a.id = b.id and a.id <= b.other", False),
        ("a.tenant_id = b.tenant_id", True),
        ("a.tenant_id = b.tenant_id and a.id <= b.other", True),
        (
            "a.tenant_id = b.tenant_id and a.id = b.id and (a.id > b.other or b.id is null)",
            True,
        ),
        ("a.tenant_id = b.tenant_id and a.id = b.id and a.other is null", True),
        ("a.tenant_id = b.tenant_id and a.id = b.id and a.id - b.other between 1 and 2", True),
        ("true", True),
    ],
    ids=["key", "range in key", "tenant", "range", "or", "one side", "arithmetic", "all"],
)
def test_a_join_that_pairs_off_rows_is_seen(condition: str, *, is_found: bool) -> None:
    with duckdb.connect() as connection:
        for table in ("a", "b"):
            connection.execute(
                f"create table {table} as select i % 3 as tenant_id, i as id, i as other"
                " from range(5000) as t (i)"
            )
        plan = _explained(connection, f"select * from a left join b on {condition}")
    assert bool([*_pairs(plan)]) is is_found


def _few(model: str) -> frozenset[str]:
    return frozenset(_FEW_THERE[model][0]) if model in _FEW_THERE else frozenset()


def _plan(warehouse: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any]:
    return _explained(warehouse, path.read_text(encoding="utf-8"))


def _explained(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    [(_, plan)] = connection.execute(f"explain (format json) {query}").fetchall()
    [root] = json.loads(plan)
    return dict(root)


def _pairs(plan: dict[str, Any], *, few: frozenset[str] = frozenset()) -> Iterator[str]:
    """Joins of a plan that pair off rows, neither side being few: how, by what, what with what."""
    defined = {
        node["extra_info"].get("Table Index"): node["children"][0]
        for node in _nodes(plan)
        if node["name"].strip() == "CTE"
    }
    for node in _nodes(plan):
        listed = node["extra_info"].get("Conditions", [])
        conditions = [listed] if isinstance(listed, str) else listed
        if not _is_loop(node["name"].strip(), conditions):
            continue
        sides = [_tables(child, defined) for child in node["children"]]
        if not any(side <= _FEW | few for side in sides):
            yield f"{node['name'].strip()} on {conditions}: {' × '.join(map(_named, sides))}"


def _is_loop(name: str, conditions: list[str]) -> bool:
    if name in _LOOPS:
        return True
    equal = [one for one in conditions if " = " in one or " IS NOT DISTINCT FROM " in one]
    return name == "HASH_JOIN" and all("tenant_id = " in one for one in equal)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan["children"]:
        yield from _nodes(child)


def _tables(node: dict[str, Any], defined: dict[Any, Any]) -> frozenset[str]:
    """The tables that a part of a plan reads, those behind its common tables too."""
    tables: set[str] = set()
    for part in _nodes(node):
        name, extra = part["name"].strip(), part["extra_info"]
        if name == "CTE_SCAN":
            definition = defined.get(extra.get("CTE Index"))
            tables |= _tables(definition, defined) if definition else {"?"}
        elif "Table" in extra:
            tables.add(extra["Table"].rpartition(".")[2].strip('"'))
    return frozenset(tables)


def _named(side: frozenset[str]) -> str:
    return " + ".join(sorted(side)) or "values"
