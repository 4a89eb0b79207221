"""What has changed since the last build that was finished, and what of dbt's nodes it reaches.

It stands beside what dbt builds, in the schema ``facet_build``. A node's changes are the tenants in
whose rows something is new, other or gone; those of operational tables come from the sync, or on
PostgreSQL from the versions of the rows, those of models from the build itself. All are kept until
a build is finished, so that one that fails or is killed on its way loses none
(docs/decisions/0032).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from facet.config import Settings
from facet.operational.findings import Execute
from facet.pipeline.fingerprint import fingerprint
from facet.pipeline.graph import FAILING, MEASURED, MOMENT, Graph
from facet.pipeline.row_versions import find_changes, tables_of
from facet.pipeline.warehouse import insert, writing
from facet.quoting import constant, literal, quoted
from facet.release import Audit
from facet.staging import Table

SCHEMA: Final = "facet_build"
#: Tells dbt's macros what they build: everything, or what has changed.
VARIABLE: Final = "FACET_BUILD"

_TABLES: Final = {
    "finished": "fingerprint text, moment timestamp with time zone,"
    " next_moment timestamp with time zone, release_id text",
    "changes": "node text, tenant_id bigint, key_name text, key_value bigint",
    "inputs": "node text, input text, read_as text, told_as text",
    "scope": "node text, tenant_id bigint, is_by_key boolean",
    "tenants": "tenant_id bigint",
    "failing": "tenant_id bigint",
}
_CHANGES: Final = ["node", "tenant_id", "key_name", "key_value"]


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What a run has to build: everything, what has changed, or nothing.

    Attributes:
        kind: of these.
        fingerprint: the project and versions that it is built with.
        because: why everything.
        release_id: the release of what was built last; None where it was not published.
    """

    kind: Literal["everything", "changes", "nothing"]
    fingerprint: str
    because: str = ""
    release_id: str | None = None


def pending(settings: Settings, url: str, *, moment: datetime, full: bool = False) -> Pending:
    """Find what has changed up to a moment; it is remembered until a build is finished.

    Args:
        settings: project, engine and where the operational tables are.
        url: the operational database.
        moment: what the data is of.
        full: build everything, whatever has changed.
    """
    present = fingerprint(settings)

    def everything(because: str) -> Pending:
        return Pending(kind="everything", fingerprint=present, because=because)

    with writing(settings, url) as write:
        _prepare(write)
        untold = find_changes(settings, write, SCHEMA)
        finished = write(f"select * from {SCHEMA}.finished")
        if full:
            return everything("it was asked for")
        if untold or not finished:
            return everything(untold or "no build was finished before")
        built_with, before, next_moment, release_id = finished[0]
        if built_with != present:
            return everything("the project or a version has changed")
        if moment < before:
            return everything("the data is of an earlier moment")
        if moment >= next_moment:
            _add(write, MOMENT)
        waiting = write(
            f"select node from {SCHEMA}.changes"
            f" union all select 'failing' from {SCHEMA}.failing limit 1"
        )
        kind: Literal["changes", "nothing"] = "changes" if waiting else "nothing"
        return Pending(kind=kind, fingerprint=present, release_id=release_id)


def forget(settings: Settings, url: str) -> None:
    """Have the next build be of everything."""
    with writing(settings, url) as write:
        _prepare(write)
        write(f"delete from {SCHEMA}.finished")


def begin(settings: Settings, url: str, graph: Graph, *, measured: bool) -> tuple[str, ...]:
    """Tell dbt's nodes what has changed of what they read; names those that it can reach.

    ``measured``: the database was measured anew, not only asked for its moment.
    """
    with writing(settings, url) as write:
        for table in ("inputs", "scope"):
            write(f"delete from {SCHEMA}.{table}")
        insert(
            write,
            f"{SCHEMA}.inputs",
            [
                (node, read.table, read.read_as, read.told_as)
                for node, of in graph.read.items()
                for read in of
            ],
        )
        if measured:
            _add(write, MEASURED)
        write(
            f"insert into {SCHEMA}.changes select {literal(FAILING)}, tenant_id, null, null"
            f" from {SCHEMA}.failing"
        )
        write(
            f"insert into {SCHEMA}.tenants select distinct tenant_id from {SCHEMA}.changes"
            f" where tenant_id is not null and tenant_id not in"
            f" (select tenant_id from {SCHEMA}.tenants)"
        )
        return graph.reached(_changed(write))


def tests_reached(settings: Settings, url: str, graph: Graph) -> tuple[str, ...]:
    """The data tests of what has changed, models that were built since included."""
    with writing(settings, url) as write:
        changed = _changed(write)
    return tuple(graph.names[node] for node in graph.tests if graph.inputs[node] & changed)


def finish(settings: Settings, url: str, built: Pending, *, moment: datetime, audit: Audit) -> None:
    """Record that what was pending is built and tested as of a moment.

    Tenants of which a test failed are tested again by the next build, whether or not they change.
    """
    tables = tables_of(settings)
    if not tables:
        return
    tenants = {tenant for test in audit.failed for tenant in test.tenant_ids or (None,)}
    with writing(settings, url) as write:
        _prepare(write)
        for table in ("changes", "finished", "failing"):
            write(f"delete from {SCHEMA}.{table}")
        insert(write, f"{SCHEMA}.failing", [(tenant,) for tenant in tenants])
        _insert_tenants(write, settings.operational_schema, tables)
        finished = (built.fingerprint, moment, _next_moment(write, moment), None)
        insert(write, f"{SCHEMA}.finished", [finished])


def record_release(settings: Settings, url: str, release_id: str) -> None:
    """Record in which release what was built last is published."""
    with writing(settings, url) as write:
        _prepare(write)
        write(f"update {SCHEMA}.finished set release_id = {literal(release_id)}")


def _changed(write: Execute) -> set[str]:
    return {str(node) for (node,) in write(f"select distinct node from {SCHEMA}.changes")}


def _prepare(write: Execute) -> None:
    """Create what is missing; what another version of Facet wrote is begun anew."""
    there = write(
        "select column_name from information_schema.columns"
        f" where table_schema = '{SCHEMA}' and table_name = 'changes' order by ordinal_position"
    )
    if there and [column for (column,) in there] != _CHANGES:
        write(f"drop schema {SCHEMA} cascade")
    write(f"create schema if not exists {SCHEMA}")
    for name, columns in _TABLES.items():
        write(f"create table if not exists {SCHEMA}.{name} ({columns})")


def _add(write: Execute, node: str) -> None:
    """A change that reaches every tenant."""
    write(f"delete from {SCHEMA}.changes where node = {literal(node)}")
    insert(write, f"{SCHEMA}.changes", [(node, None, None, None)])


def _insert_tenants(write: Execute, schema: str, tables: Iterable[Table]) -> None:
    """All tenants that have rows; those of nobody are tenant 0."""
    rows = " union ".join(
        ["select 0 as tenant_id"]
        + [
            f"select coalesce({table.tenant_column}, 0) from {quoted(schema)}.{quoted(table.name)}"
            for table in tables
            if table.tenant_column
        ]
    )
    write(f"delete from {SCHEMA}.tenants")
    write(f"insert into {SCHEMA}.tenants select tenant_id from ({rows}) as tenants")


def _next_moment(write: Execute, moment: datetime) -> datetime:
    """When numbers change though no row does: a tenant's next day, the end of a promotion."""
    days = write("select distinct timezone, as_of_date from facet_marts.dim_tenants")
    ends = write(
        f"select min(ends_at) from facet_marts.dim_promotions where ends_at > {constant(moment)}"
    )
    tomorrow = moment.astimezone(UTC).date() + timedelta(days=1)
    moments = [datetime.combine(tomorrow, time(), tzinfo=UTC)]
    moments += [
        datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
        for zone, day in days
    ]
    moments += [end for (end,) in ends if end is not None]
    return min(moments)
