"""Row-level security on each mart that is served: only its tenant's reader gets a row.

It is put on a mart in the transaction that makes it (``facet.pipeline.served_marts``), and put back
by ``facet grants --apply`` where somebody has changed it since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from facet.grants.change import Change
from facet.grants.readers import Readers
from facet.operational.connection import Connection
from facet.quoting import literal, quoted

_MARTS = """
    select
        pg_class.oid, format('%%I.%%I', nspname, relname), pg_get_userbyid(relowner),
        relrowsecurity and relforcerowsecurity,
        array(
            select quote_ident(attname) from pg_attribute
            where attrelid = pg_class.oid and attnum > 0 and not attisdropped
        ),
        array(
            select array[quote_ident(attname), format_type(atttypid, atttypmod)]
            from pg_attribute
            where attrelid = pg_class.oid and attnum > 0 and not attisdropped
            and attstattarget is distinct from 0
            order by attnum
        )
    from pg_class
    inner join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = %s and relkind in ('r', 'p')
    order by relname
"""
_POLICIES = """
    select
        polrelid, polname, cast(polcmd as text), polpermissive,
        array(
            select case role when 0 then 'public' else pg_get_userbyid(role) end
            from unnest(polroles) as role order by 1
        ),
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    from pg_policy
    order by polrelid, polname
"""


class Policy(NamedTuple):
    """A policy as the catalogue has it; its command is one letter, or * for all."""

    name: str
    command: str
    is_permissive: bool
    roles: tuple[str, ...]
    condition: str | None
    check: str | None


@dataclass(frozen=True, kw_only=True)
class Mart:
    """A table of marts as it stands."""

    #: Schema and name, quoted.
    name: str
    owner: str
    #: Row-level security is on, for its owner too.
    is_enforced: bool
    #: Quoted.
    columns: Sequence[str]
    #: Columns, quoted, with their types, whose values are sampled for planning.
    sampled: Sequence[Sequence[str]]
    policies: frozenset[Policy]


def read_marts(connection: Connection, schema: str) -> tuple[Mart, ...]:
    """Every table of a schema, by name."""
    policies: dict[int, set[Policy]] = {}
    for table, name, command, permissive, roles, condition, check in connection.execute(_POLICIES):
        policy = Policy(name, command, permissive, tuple(roles), condition, check)
        policies.setdefault(table, set()).add(policy)
    return tuple(
        Mart(
            name=name,
            owner=owner,
            is_enforced=is_enforced,
            columns=columns,
            sampled=sampled,
            policies=frozenset(policies.get(oid, ())),
        )
        for oid, name, owner, is_enforced, columns, sampled in connection.execute(_MARTS, [schema])
    )


def protection_changes(
    connection: Connection, readers: Readers, marts: Sequence[Mart]
) -> Iterator[Change]:
    """What is to be done for every mart to be protected as if it were built now."""
    policies = {
        name: (of, _as_the_catalogue_has_it(connection, of))
        for name, of in (("facet_reader", readers), ("facet_reader_unnamed", readers.unnamed))
    }
    for mart in marts:
        all_rows = Policy("facet_owner", "*", True, (mart.owner,), "true", None)
        own_tenant = {
            Policy(name, "r", True, (of.group,), own_rows, None): of
            for name, (of, own_rows) in policies.items()
        }
        # A column that a policy reads cannot be altered: then all go, and come back.
        kept = frozenset() if mart.sampled else mart.policies & {all_rows, *own_tenant}
        for name in sorted(policy.name for policy in mart.policies - kept):
            statement = f"drop policy {quoted(name)} on {mart.name}"
            yield Change(statement, why="it is not Facet's, or in the way")
        if not mart.is_enforced:
            yield Change(
                f"alter table {mart.name} enable row level security, force row level security",
                why="without it whoever may read the table gets all rows",
            )
        if mart.sampled:
            yield _sample_no_longer(mart)
        if all_rows not in kept:
            yield Change(
                f"create policy facet_owner on {mart.name} to {quoted(mart.owner)} using (true)",
                why="a run serves all tenants",
            )
        for policy, of in own_tenant.items():
            if policy not in kept:
                yield Change(
                    f"create policy {policy.name} on {mart.name} for select"
                    f" to {quoted(of.group)} using ({own_rows_of(of)})",
                    why="a reader gets its tenant's rows",
                )


def own_rows_of(readers: Readers) -> str:
    """The condition of the policy: a row's tenant is the one that the current role's name ends in.

    The role is looked up once for a query; another role's tenant is null, so that it gets no row.
    PostgreSQL looks at the cheapest condition first, a reader's own before a policy's where it has
    no side effects, and so on rows of all tenants; ``explain analyze`` then tells, by what it was
    spared, whether any met it. ``any`` of one costs half of what a comparison does.
    """
    return (
        "tenant_id = any (array[(select cast(substring(cast(current_user as text),"
        f" {literal(readers.pattern)}) as bigint))])"
    )


def _sample_no_longer(mart: Mart) -> Change:
    # What was sampled goes with ALTER TYPE, to the same type: that rewrites no table.
    actions = [
        f"alter column {column} type {data_type}, alter column {column} set statistics 0"
        for column, data_type in mart.sampled
    ]
    return Change(
        f"alter table {mart.name} {', '.join(actions)}",
        why="EXPLAIN would tell of values that others' rows have",
    )


def _as_the_catalogue_has_it(connection: Connection, readers: Readers) -> str:
    """The condition as this PostgreSQL writes it, which depends on its version."""
    with connection.transaction(force_rollback=True):
        connection.execute("create temporary table facet_sample (tenant_id bigint)")
        policy = f"create policy sample on facet_sample using ({own_rows_of(readers)})"
        connection.execute(policy.encode())
        row = connection.execute(
            "select pg_get_expr(polqual, polrelid) from pg_policy"
            " where polrelid = 'facet_sample'::regclass"
        ).fetchone()
    return str(row and row[0])
