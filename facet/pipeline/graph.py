"""dbt's nodes: what each reads, in the end, of tables, whatever views are between."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

#: Inputs that are no table: the moment that the data is of, what was measured of the database, and
#: the tenants of which a test failed the last time.
MOMENT: Final = "moment"
MEASURED: Final = "measured"
FAILING: Final = "failing"


@dataclass(frozen=True)
class Read:
    """A table that a node reads.

    Attributes:
        table: its node, or its name in the operational database.
        read_as: the name of the node's own input: that of the table, or of a view of it.
        told_as: the table whose rows alone are looked up in it, of which its changes tell.
    """

    table: str
    read_as: str
    told_as: str | None = None


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
        return {node: frozenset(of.table for of in read) for node, read in self.read.items()}

    @cached_property
    def read(self) -> Mapping[str, frozenset["Read"]]:
        """The same, each with what it is read as."""
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

    def _read_by(self, unique_id: str, read_as: str = "") -> Iterable["Read"]:
        node = self._nodes[unique_id]
        if node.resource_type == "test":
            yield Read(FAILING, FAILING)
        read = node.depends_on.nodes
        sources = [_source(self._sources[of]) for of in read if of in self._sources]
        for table in sources:
            yield Read(table, read_as or table)
        for of in read:
            if of in self._sources:
                continue
            if self._is_view(of) or self._nodes[of].resource_type == "snapshot":
                yield from self._read_by(of, read_as or self.names[of])
            else:
                tells_by_table = read_as and "named_by" in self._incremental(of)
                told_as = sources[0] if tells_by_table and len(sources) == 1 else None
                yield Read(of, read_as or self.names[of], told_as)

    def _incremental(self, unique_id: str) -> Mapping[str, Any]:
        return dict(self._nodes[unique_id].config.meta.get("incremental", {}))

    def _is_view(self, unique_id: str) -> bool:
        return bool(self._nodes[unique_id].config.materialized == "view")


def _source(source: Any) -> str:
    if source.source_name != "facet_source":
        return str(source.identifier)
    return MOMENT if source.identifier == "snapshot" else MEASURED
