"""Sales by what is said of products, customers and orders, and random questions of these.

Every amount is under one value, or under none: whatever they are grouped by, they add up to all.
Every way to ask gets the same answer, MetricFlow's own engine and SQL on the operational tables
too, or the same refusal. A few questions are asked; more by

    FACET_RANDOM_QUESTIONS=500 pytest tests/project/test_sales_by_attribute.py
"""

import os
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from metricflow_semantics.errors.error_classes import InvalidQueryException

from facet.config import Engine, Settings
from facet.metrics.alternatives import guard
from facet.pipeline.profile import target_path
from facet.release.for_tools import path_of
from tests.facet.api.conftest import served as serving
from tests.project.metricflow_query import Compiler
from tests.project.sales_cube import ATTRIBUTES, METRICS, SalesCube, without_nothing
from tests.project.ways_to_ask import Asker, Told

_QUESTIONS: Final = int(os.environ.get("FACET_RANDOM_QUESTIONS", "12"))
_LIMIT: Final = 900
_MONTH: Final = "metric_time__month"
#: Of a tenant of dong and one of dollars: who sees all, and who sees what is theirs.
_ROLES: Final = ("owner", "sales")
#: Sums of the ledger, other metrics, those of which one must be chosen, and what there is none of.
_METRICS: Final = (
    *METRICS,
    *("orders", "average_order_value", "gross_margin_rate", "credited_net_sales", "net_units"),
    *("campaign_net_sales", "goal_attainment", "no_such_thing"),
)
_BY: Final = (
    *ATTRIBUTES,
    _MONTH,
    "ledger_entry__channel_name",
    "staff_member__full_name",
    "colour",
)
_KEPT: Final = {
    "product__gemstone": ["diamond", "ruby", ""],
    "product__price_band": ["500", "1000000", "cheap"],
    "person__segment": ["lost", "champion", ""],
    "person__country": ["US", "VN", ""],
    "sales_order__order_status": ["completed", "shipped"],
}
_DAYS: Final = (
    ("2025-11-15", "2026-11-14"),
    ("2026-06-01", "2026-06-30"),
    ("2020-01-01", "2020-01-02"),
)


@st.composite
def questions(draw: st.DrawFn) -> Told:
    """Questions of some metrics by some dimensions, good and bad ones."""
    question: Told = {
        "metrics": draw(st.lists(st.sampled_from(_METRICS), min_size=1, max_size=2, unique=True)),
        "by": draw(st.lists(st.sampled_from(_BY), max_size=2, unique=True)),
        "compare": "none",
        "limit": _LIMIT,
    }
    if draw(st.booleans()):
        question["start"], question["end"] = draw(st.sampled_from(_DAYS))
        question["compare"] = draw(st.sampled_from(["none", "none", "year", "before"]))
    kept = draw(st.lists(st.sampled_from(sorted(_KEPT)), max_size=2, unique=True))
    if kept:
        question["where"] = {
            name: draw(st.lists(st.sampled_from(_KEPT[name]), min_size=1, max_size=2, unique=True))
            for name in kept
        }
    return question


@pytest.fixture(scope="module")
def cube(demo_database: str) -> SalesCube:
    return SalesCube(demo_database)


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_sales_by_any_attribute_are_those_of_the_operational_tables(
    demo_database: str, cube: SalesCube, publish: Callable[[str, Engine], Any], engine: Engine
) -> None:
    served = publish(demo_database, engine)
    metrics = ["net_sales", "gross_sales", "returns"]
    nobodys = {"product__gemstone", "person__country", "person__segment", "product__brand"}
    for tenant_id in (1, 2, 3, 4):
        reader = served.reader(tenant_id)
        (total,) = reader.metrics(metrics).rows
        for attribute in ATTRIBUTES:
            found = without_nothing(reader.metrics(metrics, by=[attribute]).rows, 1)
            assert found == cube.sums(tenant_id, metrics, [attribute]), attribute
            added = tuple(map(sum, zip(*found.values(), strict=True)))
            assert added == total, attribute
            assert ((None,) in found) >= (attribute in nobodys), attribute


def test_every_way_to_ask_answers_and_refuses_alike(
    demo_database: str,
    cube: SalesCube,
    publish: Callable[[str, Engine], Any],
    tmp_path: Path,
) -> None:
    home: Settings = publish(demo_database, "duckdb").settings
    manifest = tmp_path / "semantic_manifest.json"
    manifest.write_text((target_path(home) / manifest.name).read_text())
    guard(manifest)
    compiler = Compiler(manifest, "duckdb")
    outcomes: list[str] = []
    with serving(home, per_minute=100_000) as server:
        askers = [
            (role, asker, asker.ways(server))
            for role in _ROLES
            for asker in _askers(home, demo_database, role)
        ]

        @hypothesis_settings(
            max_examples=_QUESTIONS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(question=questions(), who=st.integers(0, len(askers) - 1))
        def check(question: Told, who: int) -> None:
            role, asker, ways = askers[who]
            told = {name: ask(question) for name, ask in ways.items()}
            for name, answer in told.items():
                assert answer == told["python"], (name, question, role)
            answer = told["python"]
            outcomes.append("refused" if "what" in answer else "answered")
            if role != "owner" or answer.get("is_cut"):
                return
            if "what" in answer:
                if answer["what"].startswith(("No metric", "No dimension")):
                    with pytest.raises(Exception, match=r"(?i)metric|match|group-by|dimension"):
                        _by_metricflow(compiler, asker, question)
                if "without choosing" in answer["what"]:
                    outcomes.append("not added up")
                    with suppress(duckdb.Error, InvalidQueryException):  # or there is nothing
                        assert _by_metricflow(compiler, asker, question) == {}
                return
            found = _told(answer, question)
            if {*question["metrics"], *question["by"]} <= {*METRICS, *ATTRIBUTES, _MONTH}:
                outcomes.append("by SQL")
                assert found == _by_sql(cube, asker, question), (question, role)
            outcomes.append("by MetricFlow")
            assert found == _by_metricflow(compiler, asker, question), (question, role)

        check()
    reached = {"refused", "answered", "by SQL", "by MetricFlow", "not added up"}
    assert set(outcomes) == reached


def _askers(home: Settings, url: str, role: str) -> list[Asker]:
    """Of each of two tenants one with this role alone, who is there."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select u.tenant_id, min(u.email) from sys_users u"
            " join sys_user_roles x on x.tenant_id = u.tenant_id and x.user_id = u.id"
            " join sys_roles r on r.tenant_id = x.tenant_id and r.id = x.role_id"
            " where u.is_active and u.deleted_at is null and r.code = %s and u.tenant_id in (1, 2)"
            " group by 1 order by 1",
            [role],
        ).fetchall()
    return [Asker(settings=home, tenant_id=tenant, address=address) for tenant, address in rows]


def _told(answer: Told, question: Told) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The rows of an answer by their keys, numbers as numbers, without what it is compared with."""
    keys, count = len(question["by"]), len(question["by"]) + len(question["metrics"])
    return without_nothing([_numbers(row[:count], keys) for row in answer["rows"]], keys)


def _numbers(row: list[Any], keys: int) -> list[Any]:
    told = [None if cell is None else Decimal(cell) for cell in row[keys:]]
    # a price band is an amount, in cents
    return [*(None if key is None else str(key).removesuffix(".00") for key in row[:keys]), *told]


def _days(question: Told) -> tuple[str, str]:
    return question.get("start", "0001-01-01"), question.get("end", "9999-12-31")


def _by_sql(cube: SalesCube, asker: Asker, question: Told) -> Any:
    where = {
        name: [value or None for value in values]
        for name, values in question.get("where", {}).items()
    }
    sums = cube.sums(asker.tenant_id, question["metrics"], question["by"], where, _days(question))
    return {tuple(None if k is None else str(k) for k in key): row for key, row in sums.items()}


def _by_metricflow(compiler: Compiler, asker: Asker, question: Told) -> Any:
    """What ``FACET_TENANT=… mf query`` gets: dbt's manifest, on the path that stays."""
    where = []
    for name, values in question.get("where", {}).items():
        alternatives = [f"{{{{ Dimension('{name}') }}}} = '{v}'" for v in values if v]
        alternatives += [f"{{{{ Dimension('{name}') }}}} is null"] * ("" in values)
        where.append(" or ".join(alternatives))
    if "start" in question:
        day = "{{ TimeDimension('metric_time', 'day') }}"
        start, end = _days(question)
        where.append(f"{day} between date '{start}' and date '{end}'")
    statement = compiler.statement(question["metrics"], question["by"], where)
    release = asker.shop().view.release
    with duckdb.connect(str(path_of(release, asker.tenant_id)), read_only=True) as connection:
        rows = connection.execute(statement).fetchall()
    keys = len(question["by"])
    return without_nothing(
        [
            [
                *(_key(cell) for cell in row[:keys]),
                *(v if v is None else Decimal(v) for v in row[keys:]),
            ]
            for row in rows
        ],
        keys,
    )


def _key(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return str(int(cell))
    return None if cell is None else str(cell)[:10] if hasattr(cell, "year") else str(cell)
