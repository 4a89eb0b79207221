"""Figures of a mart's columns before and after: totals by month, and how values are distributed.

They are computed in DuckDB over the tables ``before`` and ``after``, of all tenants at once, and
are exact: a mean is a quotient of whole numbers, rounded to two places more than its column has.
"""

from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

import duckdb

from facet.diff.report import Figure
from facet.quoting import quoted
from facet.release import Mart
from facet.release.digests import Column

_DATES: Final = ("DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE")


def totals_of(
    connection: duckdb.DuckDBPyConnection,
    mart: Mart,
    columns: Sequence[Column],
    amounts: Sequence[str],
) -> dict[int, tuple[Figure, ...]]:
    """The totals of a month that differ, by tenant; one that differs of no month is left out.

    A row's month is that of the first date by which the mart is sorted, else of its first date; a
    mart without one, and rows without a day, have one total.
    """
    if not amounts:
        return {}
    dates = [of.name for of in columns if of.type == "DATE"]
    day = next((of for of in (*mart.sort_key, *dates) if of in dates), None)
    month = f"coalesce(strftime({quoted(day)}, '%Y-%m'), '')" if day else "''"
    sums = ", ".join(f"cast(sum({quoted(name)}) as varchar) as {quoted(name)}" for name in amounts)
    listed = ", ".join(map(quoted, amounts))
    sides = [
        f"select * from (select tenant_id, {month} as month, {sums} from {side} group by all)"
        f" unpivot (total for name in ({listed}))"
        for side in ("before", "after")
    ]
    rows = connection.execute(
        "select tenant_id, month, name, b.total, a.total"
        f" from ({sides[0]}) as b full join ({sides[1]}) as a using (tenant_id, month, name)"
        " where b.total is distinct from a.total order by tenant_id, name, month"
    ).fetchall()
    return _by_tenant(
        (row[0], Figure(of=row[1], column=row[2], before=row[3], after=row[4])) for row in rows
    )


def shifts_of(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], hidden: Collection[str]
) -> dict[int, tuple[Figure, ...]]:
    """Figures of columns that differ, by tenant: nulls, distinct values, extremes and means."""
    compared = [of for of in columns if of.name != "tenant_id"]
    parts = [
        f"{{'nulls': cast(count(*) - count({n}) as varchar), 'rows': cast(count(*) as varchar),"
        f" 'distinct': cast(count(distinct {n}) as varchar), 'min': {_extreme('min', of, hidden)},"
        f" 'max': {_extreme('max', of, hidden)}, 'sum': {_sum(of)}}} as {n}"
        for of in compared
        for n in (quoted(of.name),)
    ]
    figures: dict[str, dict[int, dict[str, Any]]] = {}
    for side in ("before", "after"):
        found = connection.execute(
            f"select tenant_id, {', '.join(parts)} from {side} group by tenant_id"
        )
        names = [of[0] for of in found.description or ()]
        figures[side] = {
            row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in found.fetchall()
        }
    return _by_tenant(
        (tenant_id, figure)
        for tenant_id in sorted({*figures["before"], *figures["after"]})
        for of in compared
        for figure in _shifted(
            of,
            *(figures[side].get(tenant_id, {}).get(of.name) for side in ("before", "after")),
        )
    )


def _shifted(of: Column, before: Any, after: Any) -> Iterator[Figure]:
    if before is None or after is None:
        return  # a tenant who is on one side alone: everything is added or removed
    for name, figure in (
        ("share of nulls", _null_share),
        ("distinct values", lambda _, found: found["distinct"]),
        ("min", lambda _, found: found["min"]),
        ("max", lambda _, found: found["max"]),
        ("mean", _mean),
    ):
        was, now = figure(of, before), figure(of, after)
        if was != now:
            yield Figure(of=name, column=of.name, before=was, after=now)


def _null_share(_: Column, found: dict[str, str]) -> str:
    share = Decimal(100 * int(found["nulls"])) / Decimal(int(found["rows"]))
    return f"{share.quantize(Decimal('0.01'), ROUND_HALF_EVEN)} %"


def _mean(of: Column, found: dict[str, str]) -> str | None:
    count = int(found["rows"]) - int(found["nulls"])
    if found["sum"] is None or not count:
        return None
    places = int(of.type.split(",")[1].rstrip(")")) if of.type.startswith("DECIMAL") else 0
    # in whole numbers: decimals are rounded to 28 digits, fewer than a sum of this type may have
    scaled = int(found["sum"].replace(".", "")) * 100
    whole, rest = divmod(abs(scaled), count)
    digits = Decimal(whole + (2 * rest >= count)).as_tuple().digits
    return f"{Decimal((int(scaled < 0), digits, -places - 2)):f}"


def _extreme(function: str, of: Column, hidden: Collection[str]) -> str:
    """The least or greatest value, of numbers and days; what is personal is not told."""
    if of.name in hidden or not (is_added(of) or of.type in _DATES):
        return "cast(null as varchar)"
    return f"cast({function}({quoted(of.name)}) as varchar)"


def _sum(of: Column) -> str:
    return f"cast(sum({quoted(of.name)}) as varchar)" if is_added(of) else "cast(null as varchar)"


def is_added(of: Column) -> bool:
    """Whether a column holds numbers that are no ids; all numbers of marts are exact."""
    is_number = of.type.startswith("DECIMAL") or of.type.endswith(("INT", "INTEGER"))
    return is_number and not of.name.endswith("_id")


def _by_tenant(found: Iterator[tuple[int, Figure]]) -> dict[int, tuple[Figure, ...]]:
    by_tenant: dict[int, tuple[Figure, ...]] = {}
    for tenant_id, figure in found:
        by_tenant[tenant_id] = (*by_tenant.get(tenant_id, ()), figure)
    return by_tenant
