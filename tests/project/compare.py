"""What a release says and what an oracle says, each as figures by key: where they differ.

A key begins with the tenant and the name of the figure. Sums that are 0 may be missing on either
side; a ratio is there or not there on both.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from facet.release import Release

Key = tuple[Any, ...]
Figures = dict[Key, Any]
#: A tenant's differences: the key, what the oracle says, what the release says.
Differences = dict[int, list[tuple[Key, Any, Any]]]

_RATIOS = ("_rate", "average_order_value", "units_per_order")


def differences(expected: Figures, served: Figures) -> Differences:
    """Where release and oracle do not agree, by tenant."""
    found: Differences = defaultdict(list)
    for key in expected.keys() | served.keys():
        nothing = None if str(key[1]).endswith(_RATIOS) else 0
        wanted, got = expected.get(key, nothing), served.get(key, nothing)
        if wanted != got:
            found[key[0]].append((key, wanted, got))
    return {tenant: sorted(rows, key=str) for tenant, rows in sorted(found.items())}


def assert_same(expected: Figures, served: Figures) -> None:
    """Fail with the first differences of each tenant, if there are any."""
    found = differences(expected, served)
    assert {tenant: rows[:5] for tenant, rows in found.items()} == {}
    assert len({tenant for tenant, *_ in expected}) >= 2


def measured(served: Any, names: Sequence[str], by: Sequence[str]) -> Figures:
    """Metrics as each tenant's manager gets them, by dimensions."""
    figures: Figures = {}
    for tenant in served.release.tenants:
        table = served.reader(tenant.tenant_id).metrics(names, by=by)
        for row in table.rows:
            for name, value in zip(names, row[len(by) :], strict=True):
                assert not isinstance(value, float), f"{name} is a float"
                if value is not None:
                    figures[tenant.tenant_id, name, *row[: len(by)]] = value
    return figures


def rows(release: Release, query: str) -> Iterator[Key]:
    """The rows of a query on the marts of every tenant's file, one file after the other."""
    for tenant in release.tenants:
        yield from rows_of(release, tenant.tenant_id, query)


def rows_of(release: Release, tenant_id: int, query: str) -> list[Key]:
    """The rows of a query on the marts of one tenant's file."""
    with duckdb.connect(str(release.file_of(tenant_id)), read_only=True) as connection:
        connection.execute("use facet_marts")
        return connection.execute(query).fetchall()
