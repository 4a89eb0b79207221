"""Whose rows failed: the data tests' results, laid to the tenants that they concern."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import psycopg

from facet.config import Settings
from facet.operational.connection import Connection, connect
from facet.release import Audit, FailedTest

#: Of a test's table of failing rows: whose they are. None where it does not say.
TenantsOf = Callable[[str], tuple[int, ...] | None]


@dataclass(frozen=True, kw_only=True)
class NodeResult:
    """What became of one node: a model, a seed, a snapshot or a test."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    message: str
    seconds: float
    #: Failing rows of a test.
    failures: int = 0
    #: Where the node's table is; of a test, where its failing rows are stored.
    relation: str | None = None


def read_audit(settings: Settings, url: str, tests: Sequence[NodeResult]) -> Audit:
    """Sum up the tests' results, and read from the stored failures which tenants they concern.

    A test that could not run, or does not say whose the failing rows are, concerns everybody.
    """
    with _stored_failures(settings, url) as tenants_of:
        return Audit(
            passed=sum(test.status in ("pass", "success") for test in tests),
            warned=tuple(test.name for test in tests if test.status == "warn"),
            failed=tuple(
                FailedTest(
                    name=test.name,
                    rows=test.failures,
                    tenant_ids=tenants_of(test.relation)
                    if test.status == "fail" and test.relation
                    else None,
                )
                for test in tests
                if test.status not in ("pass", "success", "warn")
            ),
        )


@contextmanager
def _stored_failures(settings: Settings, url: str) -> Iterator[TenantsOf]:
    if settings.engine == "duckdb":
        with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
            yield lambda relation: _distinct(warehouse, relation)
    else:
        with connect(url, autocommit=True) as postgres:
            yield lambda relation: _distinct(postgres, relation)


def _distinct(
    connection: duckdb.DuckDBPyConnection | Connection, relation: str
) -> tuple[int, ...] | None:
    query = f"select distinct tenant_id from {relation} order by 1"
    try:
        rows = connection.execute(query).fetchall()
    except (duckdb.BinderException, psycopg.errors.UndefinedColumn):
        return None
    ids = [tenant_id for (tenant_id,) in rows]
    return None if None in ids or not ids else tuple(int(tenant_id) for tenant_id in ids)
