"""The metrics of a release: what they are called, what they mean, and how they compile."""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, cast

from facet.errors import FacetError, ReleaseError
from facet.release import Release
from facet.reporting.query.cache import LruCache
from facet.reporting.query.manifest import amounts_of, measures_of, sums_of, timed_measures

Kind = Literal["money", "count", "rate", "decimal", "minutes"]

_STATEMENTS_CACHE_SIZE: Final = 1000
#: MetricFlow numbers its subqueries from counters of the whole process.
_COMPILING: Final = threading.Lock()


class UnknownNameError(FacetError):
    """A metric, dimension, mart or column that the release does not have."""


class AmbiguousQuestionError(FacetError):
    """A question that would add up what must not be added up."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric as its definition in the project describes it."""

    name: str
    kind: Kind
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    #: Whether it is 0, rather than unknown, where there is nothing.
    is_sum: bool = True
    #: Whether it is 0 where nothing happened, though it may be unknown where something did.
    is_amount: bool = True
    #: Whether its days can be cut at a time of day.
    tells_time: bool = False
    #: Dimensions of which a question keeps one value, or by which it groups: sums over several
    #: of their values mean nothing.
    choose: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Its name for people."""
        return self.labels.get(language) or self.labels["en"]

    def description(self, language: str) -> str:
        """Its definition in a sentence or two."""
        return self.descriptions.get(language) or self.descriptions["en"]


class Catalogue:
    """The metrics of one release, and what has been compiled for it. Safe for threads."""

    def __init__(self, manifest: str) -> None:
        content: dict[str, Any] = json.loads(manifest)
        sums, amounts = sums_of(content), amounts_of(content)
        timed = timed_measures(content)
        self.metrics: Mapping[str, Metric] = {
            entry["name"]: replace(
                _metric(entry),
                is_sum=entry["name"] in sums,
                is_amount=entry["name"] in amounts,
                tells_time=measures_of(entry) <= timed,
            )
            for entry in content["metrics"]
        }
        self._dimensions = frozenset(_dimensions(content))
        self._entities = frozenset(_entities(content))
        self.grains: frozenset[str] = frozenset(_grains(content))
        self._engine = _engine(manifest)
        self._statements = LruCache[str](_STATEMENTS_CACHE_SIZE)

    def metric(self, name: str) -> Metric:
        """A metric by name.

        Raises:
            UnknownNameError: there is none.
        """
        if name not in self.metrics:
            raise unknown("metric", name, self.metrics)
        return self.metrics[name]

    def tells_time(self, names: Iterable[str]) -> bool:
        """Whether metrics know the time of day; releases of before do not."""
        return all(self.metric(name).tells_time for name in names)

    def require_choices(self, names: Iterable[str], chosen: Iterable[str]) -> None:
        """Check that a question says which of a metric's alternatives it is about.

        Args:
            names: metrics.
            chosen: the dimensions that are grouped by or held to one value.

        Raises:
            AmbiguousQuestionError: it leaves one open.
        """
        for name in names:
            if missing := set(self.metric(name).choose).difference(chosen):
                raise AmbiguousQuestionError(
                    f"Metric {name!r} was asked for without choosing",
                    why="It has all of an order for each value of " + ", ".join(sorted(missing)),
                    next_step="Group by these, or keep one value of each.",
                )

    def has_dimension(self, name: str) -> bool:
        """Whether there is such a dimension; a release made before it was does not have it."""
        return name in self._dimensions

    def require_dimension(self, name: str) -> None:
        """Check that a name is a dimension's.

        Raises:
            UnknownNameError: it is not.
        """
        if not self.has_dimension(name):
            raise unknown("dimension", name, self._dimensions)

    def reference(self, name: str) -> str:
        """A dimension or entity as a condition speaks of it.

        Raises:
            UnknownNameError: there is none of that name.
        """
        self.require_dimension(name)
        return f"{{{{ {'Entity' if name in self._entities else 'Dimension'}('{name}') }}}}"

    def compile(
        self,
        *,
        names: tuple[str, ...],
        by: tuple[str, ...],
        conditions: tuple[str, ...],
        order_by: tuple[str, ...],
        limit: int | None,
    ) -> str:
        """The statement of a question; its conditions hold placeholders, never values."""
        for name in names:
            self.metric(name)
        for name in by:
            self.require_dimension(name)
        key = (names, by, conditions, order_by, limit)
        statement = self._statements.get(key)
        if statement is None:  # who asks what is known waits for nobody
            with _COMPILING:
                statement = self._statements.get(key) or self._explain(*key)
            self._statements.put(key, statement)
        return statement

    def _explain(
        self,
        names: tuple[str, ...],
        by: tuple[str, ...],
        conditions: tuple[str, ...],
        order_by: tuple[str, ...],
        limit: int | None,
    ) -> str:
        from metricflow.engine.metricflow_engine import (
            MetricFlowQueryRequest,
            OutputColumnOrderMode,
        )
        from metricflow.sql.optimizer.optimization_levels import SqlOptimizationLevel

        request = MetricFlowQueryRequest.create(
            metric_names=names or None,
            group_by_names=by or None,
            where_constraints=conditions or None,
            order_by_names=order_by or None,
            limit=limit,
            output_column_order_mode=OutputColumnOrderMode.INPUT_ORDER,
            # the next level shares what several metrics read in a CTE, which DuckDB then writes
            # out whole: a condition on the day would no longer keep it from reading every row
            sql_optimization_level=SqlOptimizationLevel.O4,
        )
        return cast(str, self._engine.explain(request).sql_statement.sql)


def catalogue_of(release: Release, tenant_id: int | None = None) -> Catalogue:
    """The catalogue of a release, or of a tenant's file in it, which may be an older one.

    Kept for the few releases that are looked at.

    Raises:
        ReleaseError: the release's semantic manifest is missing or damaged.
    """
    manifest = (
        release.semantic_manifest if tenant_id is None else release.semantic_manifest_of(tenant_id)
    )
    try:
        return _catalogue_of(manifest)
    except (OSError, ValueError, KeyError) as error:
        raise ReleaseError(
            f"The metrics of release {release.id} cannot be read",
            why=f"{manifest}: {error}.",
            next_step="Roll back with `facet release rollback`, or run `facet run`.",
        ) from error


@lru_cache(maxsize=4)
def _catalogue_of(path: Path) -> Catalogue:
    return Catalogue(path.read_text(encoding="utf-8"))


def warm_up(release: Release | None = None) -> None:
    """Import MetricFlow, and prepare a release's metrics, before somebody waits for it."""
    import metricflow.engine.metricflow_engine  # noqa: F401

    if release is not None:
        catalogue_of(release)


def _engine(manifest: str) -> Any:
    from metricflow.engine.metricflow_engine import MetricFlowEngine
    from metricflow_semantics.model.dbt_manifest_parser import (
        parse_manifest_from_dbt_generated_manifest,
    )
    from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

    from facet.reporting.query.dialect import DuckDbDialect

    with _COMPILING:
        lookup = SemanticManifestLookup(parse_manifest_from_dbt_generated_manifest(manifest))
        return MetricFlowEngine(lookup, DuckDbDialect())


def _metric(entry: Mapping[str, Any]) -> Metric:
    meta = (entry.get("config") or {}).get("meta") or {}
    return Metric(
        name=entry["name"],
        kind=meta.get("format", "decimal"),
        labels={"en": entry.get("label") or entry["name"], "vi": meta.get("label_vi", "")},
        choose=tuple(meta.get("choose", ())),
        descriptions={
            "en": " ".join((entry.get("description") or "").split()),
            "vi": " ".join(meta.get("description_vi", "").split()),
        },
    )


def _grains(content: Mapping[str, Any]) -> set[str]:
    custom = {
        grain["name"]
        for spine in content["project_configuration"]["time_spines"]
        for grain in spine["custom_granularities"]
    }
    return custom | {"day", "week", "month", "quarter", "year"}


def _entities(content: Mapping[str, Any]) -> set[str]:
    return {entity["name"] for model in content["semantic_models"] for entity in model["entities"]}


def _dimensions(content: Mapping[str, Any]) -> set[str]:
    """Every name that an answer can be grouped by."""
    grains = _grains(content)
    names = _entities(content) | {f"metric_time__{grain}" for grain in grains}
    for model in content["semantic_models"]:
        primary = [entity["name"] for entity in model["entities"] if entity["type"] == "primary"]
        for entity in [*primary, model.get("primary_entity")]:
            for dimension in model["dimensions"] if entity else ():
                name = f"{entity}__{dimension['name']}"
                is_time = dimension["type"] == "time"
                names.update({f"{name}__{grain}" for grain in grains} if is_time else {name})
    return names


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is none of those that are known."""
    return UnknownNameError(
        f"No {what} {name!r}",
        why="The release does not have it.",
        next_step=f"Choose one of: {', '.join(sorted(known))}.",
    )
