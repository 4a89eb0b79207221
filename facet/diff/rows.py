"""The rows of one mart before and after, compared in DuckDB, of all tenants at once.

Rows are told apart by the columns of the mart's grain test. Where there is none, or it does not
hold on either side, or the key itself is another, rows are compared as wholes: then none is
changed, only added and removed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from facet.diff.report import Example, Figure, MartDifference, TenantDifference
from facet.diff.shifts import is_added, shifts_of, totals_of
from facet.diff.sides import Sides
from facet.quoting import quoted
from facet.release import Mart
from facet.release.digests import Column, Sums, sums_of

#: So many examples of each kind are kept for a tenant.
_EXAMPLES: Final = 3
#: What stands in place of personal data.
HIDDEN: Final = "(personal)"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A mart on both sides: the columns that can be compared, and what tells rows apart."""

    mart: Mart
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    because: str = ""

    @property
    def hidden(self) -> frozenset[str]:
        """The columns of which no value is shown: personal data, and the names of people."""
        privacy = self.mart.privacy
        return frozenset({*privacy.personal, *(name for name, _ in privacy.names)})

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns that can be added up: numbers that are no ids and no part of the key."""
        return tuple(
            column.name
            for column in self.columns
            if is_added(column) and column.name not in self.key
        )


def compare(sides: Sides, mart: Mart, grain: tuple[str, ...]) -> MartDifference | None:
    """What differs between a mart before and after; None where nothing does.

    Columns that differ from run to run by themselves are not compared.
    """
    before, after = sides.before(mart.name), sides.after(mart.name)
    shared = tuple(
        Column(name=name, type=kind)
        for name, kind in after.items()
        if name in before and name not in mart.per_run
    )
    retyped = tuple(
        Figure(of="type", column=of.name, before=before[of.name], after=of.type)
        for of in shared
        if before[of.name] != of.type
    )
    new = tuple(name for name in after if name not in before)
    gone = tuple(name for name in before if name not in after)
    tenants: tuple[TenantDifference, ...] = ()
    compared = Compared(mart=mart, columns=shared, key=grain)
    relations = _relations(sides, mart.name, shared)
    if shared and (differing := _differing(sides.connection, mart, shared, relations)):
        _load(sides.connection, relations, differing)
        compared = _told_apart(sides.connection, compared)
        _pair(sides.connection, compared)
        tenants = _tenants(sides.connection, compared)
    if not (tenants or retyped or new or gone):
        return None
    return MartDifference(
        mart=mart.name,
        state="changed",
        key=compared.key,
        because=compared.because,
        columns_new=new,
        columns_gone=gone,
        retyped=retyped,
        tenants=tenants,
    )


def counted(sides: Sides, relation: str, *, is_new: bool) -> tuple[TenantDifference, ...]:
    """The rows by tenant of a mart that is on one side alone."""
    kind = "added" if is_new else "removed"
    rows = sides.connection.execute(
        f"select tenant_id, count(*) from ({relation}) group by tenant_id order by tenant_id"
    ).fetchall()
    return tuple(
        TenantDifference(
            tenant_id=tenant_id,
            rows_before=0 if is_new else count,
            rows_after=count if is_new else 0,
            columns={},
            **{kind: count},
        )
        for tenant_id, count in rows
    )


def _relations(sides: Sides, mart: str, shared: Sequence[Column]) -> tuple[str, str]:
    """The rows of either side, with the columns that both have, in the types of the build."""
    names = ", ".join(quoted(of.name) for of in shared)
    cast = ", ".join(
        f"try_cast({quoted(of.name)} as {of.type}) as {quoted(of.name)}" for of in shared
    )
    return (
        f"(select {cast} from ({sides.rows_before(mart)}))",
        f"(select {names} from ({sides.rows_after(mart)}))",
    )


def _differing(
    connection: duckdb.DuckDBPyConnection,
    mart: Mart,
    shared: Sequence[Column],
    relations: tuple[str, str],
) -> set[int]:
    """The tenants of whom a row differs, by the digests that releases are compared by (0031)."""
    before, after = (
        _known(sums_of(connection, "duckdb", relation, mart, shared)) for relation in relations
    )
    return {of for of in {*before, *after} if before.get(of) != after.get(of)}


def _known(sums: Mapping[int | None, Sums]) -> dict[int, Sums]:
    return {of: found for of, found in sums.items() if of is not None}


def _load(
    connection: duckdb.DuckDBPyConnection, relations: tuple[str, str], differing: Collection[int]
) -> None:
    listed = ", ".join(map(str, sorted(differing)))
    for name, relation in zip(("before", "after"), relations, strict=True):
        connection.execute(
            f"create or replace temp table {name} as"
            f" select * from {relation} where tenant_id in ({listed})"
        )


def _told_apart(connection: duckdb.DuckDBPyConnection, compared: Compared) -> Compared:
    """The same, without a key where that does not tell all rows apart."""
    because = ""
    names = {of.name for of in compared.columns}
    if not compared.key:
        because = "it has no grain test"
    elif missing := [of for of in compared.key if of not in names]:
        because = f"the release does not have {', '.join(missing)} of its key"
    else:
        key = ", ".join(map(quoted, compared.key))
        for side in ("before", "after"):
            twice = f"select 1 from {side} group by {key} having count(*) > 1 limit 1"
            if connection.execute(twice).fetchall():
                because = f"rows share a key {side}"
    if not because:
        return compared
    return Compared(mart=compared.mart, columns=compared.columns, key=(), because=because)


def _pair(connection: duckdb.DuckDBPyConnection, compared: Compared) -> None:
    """Put each row that differs beside itself as it was, with what became of it."""
    names = [of.name for of in compared.columns]
    both = ", ".join(
        f"b.{quoted(name)} as {_was(name)}, a.{quoted(name)} as {_is(name)}" for name in names
    )
    if compared.key:
        matched = " and ".join(
            f"b.{quoted(k)} is not distinct from a.{quoted(k)}" for k in compared.key
        )
        rows = f"before as b full join after as a on {matched}"
    else:
        rows = (
            "(select * from before except all select * from after) as b"
            " full join (select * from after except all select * from before) as a on false"
        )
    differs = " or ".join(f"b.{quoted(n)} is distinct from a.{quoted(n)}" for n in names)
    connection.execute(
        "create or replace temp table pair as select"
        " coalesce(a.tenant_id, b.tenant_id) as tenant_id,"
        " case when b.tenant_id is null then 'added' when a.tenant_id is null then 'removed'"
        f" else 'changed' end as kind, {both} from {rows} where {differs}"
    )


def _tenants(
    connection: duckdb.DuckDBPyConnection, compared: Compared
) -> tuple[TenantDifference, ...]:
    counts = ", ".join(
        f"count(*) filter (kind = 'changed' and {_was(of.name)} is distinct from {_is(of.name)})"
        for of in compared.columns
    )
    found = connection.execute(
        "select tenant_id, (select count(*) from before where before.tenant_id = pair.tenant_id),"
        " (select count(*) from after where after.tenant_id = pair.tenant_id),"
        " count(*) filter (kind = 'added'), count(*) filter (kind = 'removed'),"
        f" count(*) filter (kind = 'changed'), {counts}"
        " from pair group by tenant_id order by tenant_id"
    ).fetchall()
    totals = totals_of(connection, compared.mart, compared.columns, compared.amounts)
    shifts = shifts_of(connection, compared.columns, compared.hidden)
    columns = [{
        of.name: count for of, count in zip(compared.columns, row[6:], strict=True) if count
    } for row in found]  # fmt: skip
    examples = _examples(connection, compared, {name for of in columns for name in of})
    return tuple(
        TenantDifference(
            tenant_id=row[0],
            rows_before=row[1],
            rows_after=row[2],
            added=row[3],
            removed=row[4],
            changed=row[5],
            columns=changed,
            totals=totals.get(row[0], ()),
            shifts=shifts.get(row[0], ()),
            examples=examples.get(row[0], ()),
        )
        for row, changed in zip(found, columns, strict=True)
    )


def _examples(
    connection: duckdb.DuckDBPyConnection, compared: Compared, changed: Collection[str]
) -> dict[int, tuple[Example, ...]]:
    """The rows that differ most in the first number that does, or else the first ones by key."""
    key = compared.key or tuple(of.name for of in compared.columns)
    amounts = sorted(compared.amounts, key=lambda name: name not in changed)
    largest = (
        f"abs(coalesce({_is(amounts[0])}, 0) - coalesce({_was(amounts[0])}, 0)) desc, "
        if amounts
        else ""
    )
    shown = [*(name for name in changed if name not in key), *amounts[:1]]
    shown = [of.name for of in compared.columns if of.name in shown]
    keys = [f"coalesce({_is(name)}, {_was(name)})" for name in key]
    order = largest + ", ".join(keys)
    values = [
        *(_text(name, value, compared) for name, value in zip(key, keys, strict=True)),
        *(_text(name, side(name), compared) for name in shown for side in (_was, _is)),
    ]
    different = ", ".join(f"{_was(name)} is distinct from {_is(name)}" for name in shown)
    rows = connection.execute(
        f"select tenant_id, kind, [{different}], {', '.join(values)} from pair"
        f" qualify row_number() over (partition by tenant_id, kind order by {order}) <= {_EXAMPLES}"
        f" order by tenant_id, kind, {order}"
    ).fetchall()
    found: dict[int, tuple[Example, ...]] = {}
    for tenant_id, kind, differs, *cells in rows:
        pairs = zip(shown, differs, cells[len(key) :: 2], cells[len(key) + 1 :: 2], strict=True)
        example = Example(
            kind=kind,
            key={name: cell for name, cell in zip(key, cells, strict=False) if name != "tenant_id"},
            columns=tuple(
                Figure(of="row", column=name, before=was, after=now)
                for name, is_other, was, now in pairs
                if is_other
            ),
        )
        found[tenant_id] = (*found.get(tenant_id, ()), example)
    return found


def _text(name: str, value: str, compared: Compared) -> str:
    """A value as exact text; personal data only as being there or not."""
    if name in compared.hidden:
        return f"case when {value} is not null then '{HIDDEN}' end"
    return f"cast({value} as varchar)"


def _was(name: str) -> str:
    return quoted(f"before {name}")


def _is(name: str) -> str:
    return quoted(f"after {name}")
