"""Where a metric comes from: pages, definition, mart, models below, operational columns.

Everything is read from what dbt left of the last run: its manifest, and the SQL that it compiled.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from facet.config import Settings
from facet.errors import ConfigurationError, FacetError
from facet.metrics.lineage import Lineage, Relation, Tracer
from facet.pipeline.profile import target_path
from facet.release.tenant_files import GUARDS

_DEFINITIONS: Final = Path("docs/definitions.md")
_DOCUMENTED: Final = "docs/metrics.md"
_DIMENSION: Final = re.compile(r"{{\s*Dimension\('\w+?__(\w+)'\)\s*}}")
#: What decides in every model alike, as each row is a tenant's.
_EVERYWHERE: Final = "tenant_id"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What a metric sums over a mart, and which of its rows."""

    metric: str
    semantic_model: str
    mart: str
    aggregation: str
    expression: str
    rows: str | None
    day: str


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """A column of an operational table; ``is_value`` where it is not only chosen by."""

    table: str
    column: str
    meaning: str
    is_value: bool


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A metric from the page to the source columns.

    ``models`` are those below the marts and their columns that are read, from the mart down;
    ``unknown`` is what could not be followed.
    """

    metric: str
    label: str
    description: str
    defined_in: str
    documented_in: str
    definition: str | None
    pages: tuple[str, ...]
    formula: str | None
    metrics: tuple[str, ...]
    measures: tuple[Measure, ...]
    models: Mapping[str, tuple[str, ...]]
    sources: tuple[SourceColumn, ...]
    unknown: tuple[str, ...]


class UnknownMetricError(FacetError):
    """A metric that there is not."""

    exit_code = 2


def explain(settings: Settings, metric: str) -> Explanation:
    """Where a metric comes from.

    Args:
        settings: of the project whose last run is read.
        metric: its name.

    Raises:
        ConfigurationError: nothing has been built yet.
        UnknownMetricError: there is no such metric.
    """
    return _Project(settings).explain(metric)


class _Project:
    """What dbt left of a project: nodes, metrics, semantic models, compiled SQL."""

    def __init__(self, settings: Settings) -> None:
        self._folder, self._target = settings.project_dir, target_path(settings)
        self._dialect = settings.engine
        path = self._target / "manifest.json"
        if not path.exists() or not (self._target / "compiled").exists():
            raise ConfigurationError(
                str(self._target),
                why="dbt has compiled nothing there yet.",
                next_step="Run facet run, then ask again.",
            )
        self._manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self._metrics = {one["name"]: one for one in self._manifest["metrics"].values()}

    def explain(self, name: str) -> Explanation:
        if name not in self._metrics:
            raise UnknownMetricError(
                f"Metric {name}",
                why="The last run knew none of this name; what was written since is not in it.",
                next_step="List those that there are: facet metrics list. A new one is"
                " known after facet run.",
            )
        metric = self._metrics[name]
        measures = tuple(dict.fromkeys(self._measures(name)))
        lineage = Lineage()
        for measure in measures:
            relation = self._nodes[measure.mart]["relation_name"].replace('"', "")
            expression = measure.expression
            if measure.rows:
                expression = f"case when {measure.rows} then {expression} end"
            self._tracer.trace(relation, expression, lineage)
        return Explanation(
            metric=name,
            label=metric["label"],
            description=" ".join(metric["description"].split()),
            defined_in=self._line(metric),
            documented_in=f"{_DOCUMENTED}#{name}",
            definition=self._definition(metric, measures),
            pages=tuple(self._pages(metric["unique_id"])),
            formula=metric["type_params"].get("expr"),
            metrics=tuple(self._inputs(metric)),
            measures=measures,
            models=self._models(lineage),
            sources=tuple(self._sources(lineage)),
            unknown=tuple(sorted(lineage.unknown)),
        )

    def _inputs(self, metric: dict[str, Any]) -> list[str]:
        return [one["name"] for one in metric["type_params"].get("metrics") or ()]

    def _measures(self, name: str, more: str | None = None) -> Iterator[Measure]:
        metric = self._metrics[name]
        asked = " and ".join(filter(None, [more, _rows(metric.get("filter"))]))
        for part in metric["type_params"].get("metrics") or ():
            of_part = " and ".join(filter(None, [asked, _rows(part.get("filter"))]))
            yield from self._measures(part["name"], of_part)
        if used := metric["type_params"].get("measure"):
            model, measure = self._measured[used["name"]]
            columns = {one["name"]: str(one["expr"] or one["name"]) for one in model["dimensions"]}
            rows = _DIMENSION.sub(lambda found: columns.get(found[1], str(found[1])), asked)
            yield Measure(
                metric=name,
                semantic_model=model["name"],
                mart=model["refs"][0]["name"],
                aggregation=measure["agg"],
                expression=" ".join(str(measure["expr"]).split()),
                rows=rows or None,
                day=measure["agg_time_dimension"] or model["defaults"]["agg_time_dimension"],
            )

    @cached_property
    def _measured(self) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
        return {
            measure["name"]: (model, measure)
            for model in self._manifest["semantic_models"].values()
            for measure in model["measures"]
        }

    @cached_property
    def _nodes(self) -> dict[str, dict[str, Any]]:
        """Models, seeds and snapshots by name."""
        kinds = ("model", "seed", "snapshot")
        nodes = self._manifest["nodes"].values()
        return {node["name"]: node for node in nodes if node["resource_type"] in kinds}

    @cached_property
    def _relations(self) -> dict[str, Relation]:
        compiled = self._target / "compiled" / "facet"
        found = {}
        for node in [*self._nodes.values(), *self._manifest["sources"].values()]:
            name = (node["relation_name"] or "").replace('"', "")
            path = compiled / node["original_file_path"]
            is_model = node["resource_type"] == "model" and path.exists()
            found[name] = Relation(
                name=name,
                columns=() if node["resource_type"] == "snapshot" else tuple(node["columns"]),
                sql=path.read_text(encoding="utf-8") if is_model else None,
            )
        return found

    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self._relations.values(), dialect=self._dialect)

    def _line(self, metric: dict[str, Any]) -> str:
        text = (self._folder / metric["original_file_path"]).read_text(encoding="utf-8")
        before, _, _ = text.partition(f"- name: {metric['name']}\n")
        return f"{metric['original_file_path']}:{before.count(chr(10)) + 1}"

    def _definition(self, metric: dict[str, Any], measures: tuple[Measure, ...]) -> str | None:
        """The line of the definitions that a metric, or else its mart, points to."""
        lines = (self._folder / _DEFINITIONS).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.startswith("|") and f"`{metric['name']}`" in line.split("|")[1]:
                return f"{_DEFINITIONS}:{number}"
        marts = [self._nodes[measure.mart]["description"] for measure in measures]
        for text in [metric["description"], *marts]:
            heading = re.search(r"definitions\.md,\s+([^)]+)\)", text)
            named = " ".join(heading[1].split()) if heading else None
            for number, line in enumerate(lines, start=1):
                if named and line.lstrip("#").strip() == named and line.startswith("#"):
                    return f"{_DEFINITIONS}:{number} ({named})"
        return None

    def _pages(self, metric_id: str) -> Iterator[str]:
        for page in self._manifest["exposures"].values():
            if metric_id in page["depends_on"]["nodes"]:
                yield page["name"]

    def _models(self, lineage: Lineage) -> dict[str, tuple[str, ...]]:
        """The models that are read, the mart first, each before what it reads."""
        columns: dict[str, set[str]] = {}
        for read in lineage.read:
            columns.setdefault(read.relation, set()).add(read.column)
        names = {
            name: node["relation_name"].replace('"', "")
            for name, node in self._nodes.items()
            if (node["relation_name"] or "").replace('"', "") in columns
        }
        depth = {name: self._depth(name) for name in names}
        return {
            name: tuple(sorted(columns[names[name]] - {_EVERYWHERE}))
            for name in sorted(names, key=lambda name: (-depth[name], name))
        }

    def _depth(self, name: str) -> int:
        if name not in self._depths:
            below = self._nodes[name].get("depends_on", {}).get("nodes", ())
            known = [one.rsplit(".", 1)[-1] for one in below if not one.startswith("source.")]
            self._depths[name] = 1 + max((self._depth(one) for one in known), default=0)
        return self._depths[name]

    @cached_property
    def _depths(self) -> dict[str, int]:
        return {}

    def _sources(self, lineage: Lineage) -> Iterator[SourceColumn]:
        """The operational columns that are read, those for their value first."""
        sources = {
            node["relation_name"].replace('"', ""): node
            for node in self._manifest["sources"].values()
        }
        roles: dict[tuple[str, str], bool] = {}
        for read in lineage.read:
            if read.relation in sources and read.column != _EVERYWHERE:
                key = (read.relation, read.column)
                roles[key] = roles.get(key, False) or read.is_value
        for (relation, column), is_value in sorted(
            roles.items(), key=lambda one: (not one[1], one[0])
        ):
            node = sources[relation]
            meaning = node["columns"].get(column, {}).get("description", "")
            yield SourceColumn(
                table=node["name"], column=column, meaning=meaning, is_value=is_value
            )


def _rows(given: Any) -> str | None:
    """The condition of a filter, by dimensions; None where it is of the tenant alone."""
    filters = [one["where_sql_template"] for one in (given or {}).get("where_filters", ())]
    return " and ".join(one for one in filters if one not in GUARDS) or None
