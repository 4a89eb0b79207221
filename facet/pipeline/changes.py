"""What has changed since the last build that was finished, and what of dbt's nodes it reaches.

It stands beside what dbt builds, in the schema ``facet_build``. A node's changes are the tenants in
whose rows something is new, other or gone; those of operational tables come from the sync, or on
PostgreSQL from the versions of the rows, those of models from the build itself. All are kept until
a build is finished, so that one that fails or is killed on its way loses none
(docs/decisions/0032).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from facet.config import Settings
from facet.operational.findings import Execute
from facet.pipeline.fingerprint import fingerprint
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
    "changes": "node text, tenant_id bigint",
    "inputs": "node text, input text",
    "scope": "node text, tenant_id bigint",
    "tenants": "tenant_id bigint",
    "failing": "tenant_id bigint",
}
_FINISHED: Final = ["fingerprint", "moment", "next_moment", "release_id"]
#: Inputs that are no table: the moment that the data is of, what was measured of the database, and
#: the tenants of which a test failed the last time.
_MOMENT, _MEASURED, _FAILING = "moment", "measured", "failing"


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
            _add(write, _MOMENT)
        waiting = write(
            f"select node from {SCHEMA}.changes union all select 'failing' from {SCHEMA}.failing"
        )
        kind: Literal["changes", "nothing"] = "changes" if waiting else "nothing"
        return Pending(kind=kind, fingerprint=present, release_id=release_id)


def forget(settings: Settings, url: str) -> None:
    """Have the next build be of everything."""
    with writing(settings, url) as write:
        _prepare(write)
        write(f"delete from {SCHEMA}.finished")


def begin(settings: Settings, url: str, graph: "Graph", *, measured: bool) -> tuple[str, ...]:
    """Tell dbt's nodes what has changed of what they read; names those that it can reach.

    ``measured``: the database was measured anew, not only asked for its moment.
    """
    with writing(settings, url) as write:
        for table in ("inputs", "scope"):
            write(f"delete from {SCHEMA}.{table}")
        inputs = [(node, of) for node, read in graph.inputs.items() for of in sorted(read)]
        insert(write, f"{SCHEMA}.inputs", inputs)
        if measured:
            _add(write, _MEASURED)
        write(
            f"insert into {SCHEMA}.changes select {literal(_FAILING)}, tenant_id"
            f" from {SCHEMA}.failing"
        )
        write(
            f"insert into {SCHEMA}.tenants select distinct tenant_id from {SCHEMA}.changes"
            f" where tenant_id is not null and tenant_id not in"
            f" (select tenant_id from {SCHEMA}.tenants)"
        )
        return graph.reached(_changed(write))


def tests_reached(settings: Settings, url: str, graph: "Graph") -> tuple[str, ...]:
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


class Graph:
    """dbt's nodes: what each reads, in the end, of tables, whatever views are between."""

    def __init__(self, manifest: Any) -> None:
        self._nodes: Mapping[str, Any] = manifest.nodes
        self._sources: Mapping[str, Any] = manifest.sources
        self.names: Mapping[str, str] = {of: node.name for of, node in self._nodes.items()}

    @cached_property
    def tests(self) -> tuple[str, ...]:
        """The data tests."""
        return tuple(of for of, node in self._nodes.items() if node.resource_type == "test")

    @cached_property
    def inputs(self) -> Mapping[str, frozenset[str]]:
        """The tables that each node reads that is built or tested, and what else changes it."""
        return {
            of: frozenset(self._read_by(of))
            for of, node in self._nodes.items()
            if node.resource_type in ("model", "test", "snapshot") and not self._is_view(of)
        }

    def reached(self, changed: Collection[str]) -> tuple[str, ...]:
        """Names of models and snapshots that changes can reach, through others too."""
        reached: set[str] = set()
        while True:
            more = {
                of
                for of, inputs in self.inputs.items()
                if of not in reached
                and self._nodes[of].resource_type != "test"
                and not inputs.isdisjoint({*changed, *reached})
            }
            if not more:
                return tuple(sorted(self.names[of] for of in reached))
            reached |= more

    def _read_by(self, unique_id: str) -> Iterable[str]:
        node = self._nodes[unique_id]
        if node.resource_type == "test":
            yield _FAILING
        for of in node.depends_on.nodes:
            if of in self._sources:
                yield _source(self._sources[of])
            elif self._is_view(of) or self._nodes[of].resource_type == "snapshot":
                yield from self._read_by(of)
            else:
                yield of

    def _is_view(self, unique_id: str) -> bool:
        return bool(self._nodes[unique_id].config.materialized == "view")


def _source(source: Any) -> str:
    if source.source_name != "facet_source":
        return str(source.identifier)
    return _MOMENT if source.identifier == "snapshot" else _MEASURED


def _changed(write: Execute) -> set[str]:
    return {str(node) for (node,) in write(f"select distinct node from {SCHEMA}.changes")}


def _prepare(write: Execute) -> None:
    """Create what is missing; what another version of Facet wrote is begun anew."""
    there = write(
        "select column_name from information_schema.columns"
        f" where table_schema = '{SCHEMA}' and table_name = 'finished' order by ordinal_position"
    )
    if there and [column for (column,) in there] != _FINISHED:
        write(f"drop schema {SCHEMA} cascade")
    write(f"create schema if not exists {SCHEMA}")
    for name, columns in _TABLES.items():
        write(f"create table if not exists {SCHEMA}.{name} ({columns})")


def _add(write: Execute, node: str) -> None:
    """A change that reaches every tenant."""
    write(f"delete from {SCHEMA}.changes where node = {literal(node)}")
    insert(write, f"{SCHEMA}.changes", [(node, None)])


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
