"""Results of the data tests, by the tenants whose rows failed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import psycopg

from facet.config import Settings
from facet.operational.connection import Connection, connect
from facet.release import Audit, FailedTest

#: Of a test's table of failing rows: how many are whose, each with the reason that the row gives,
#: if it does. None where it does not say whose they are.
FailuresOf = Callable[[str], list[tuple[int, str | None, int]] | None]


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
    with _stored_failures(settings, url) as failures_of:
        return Audit(
            passed=sum(test.status in ("pass", "success") for test in tests),
            warned=tuple(test.name for test in tests if test.status == "warn"),
            failed=tuple(
                failed
                for test in tests
                if test.status not in ("pass", "success", "warn")
                for failed in _failed(test, failures_of)
            ),
        )


def _failed(test: NodeResult, failures_of: FailuresOf) -> Iterator[FailedTest]:
    """A failed test; one for each reason where its rows have a column of that name."""
    rows = failures_of(test.relation) if test.status == "fail" and test.relation else None
    if rows is None:
        yield FailedTest(name=test.name, rows=test.failures, tenant_ids=None)
        return
    for reason in dict.fromkeys(reason for _, reason, _ in rows):
        of_reason = [(tenant, count) for tenant, row_reason, count in rows if row_reason == reason]
        yield FailedTest(
            name=test.name if reason is None else f"{test.name}: {reason}",
            rows=sum(count for _, count in of_reason),
            tenant_ids=tuple(tenant for tenant, _ in of_reason),
        )


@contextmanager
def _stored_failures(settings: Settings, url: str) -> Iterator[FailuresOf]:
    if settings.engine == "duckdb":
        with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
            yield lambda relation: _failures(warehouse, relation)
    else:
        with connect(url, autocommit=True) as postgres:
            yield lambda relation: _failures(postgres, relation)


def _failures(
    connection: duckdb.DuckDBPyConnection | Connection, relation: str
) -> list[tuple[int, str | None, int]] | None:
    for reason in ("reason", "cast(null as text)"):
        query = f"select tenant_id, {reason}, count(*) from {relation} group by 1, 2 order by 1, 2"
        try:
            rows = connection.execute(query).fetchall()
        except (duckdb.BinderException, psycopg.errors.UndefinedColumn):
            continue
        return None if not rows or any(row[0] is None for row in rows) else rows
    return None
