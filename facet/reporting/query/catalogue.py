"""The metrics of a release: what they are called, what they mean, and how they compile."""

import json
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from facet.errors import FacetError, ReleaseError
from facet.release import Release
from facet.reporting.query.cache import LruCache
from facet.reporting.query.derived import bases_of, derive, derived_metrics
from facet.reporting.query.dimensions import (
    TIME,
    MetricDimension,
    meant,
    metric_dimensions,
    metric_permissions,
    permits,
)
from facet.reporting.query.manifest import (
    dimensions_of,
    entities_of,
    grains_of,
    summed_measures,
    timed_measures,
)
from facet.reporting.query.metric import Metric, metric_of
from facet.reporting.query.sources import MetricSource, metric_sources
from facet.reporting.query.unknown_names import unknown

if TYPE_CHECKING:
    from facet.reporting.query.metricflow_internals import Engine

_STATEMENTS_CACHE_SIZE: Final = 1000
#: What a definition says of how a metric is read; files of older versions do not say it yet.
_READING: Final = (
    *("as_of", "costs_of", "counts_later_returns", "is_additive", "is_ratio", "is_share"),
    *("lower_is_better", "rate_of", "target", "whole_order_only"),
)
#: MetricFlow numbers its subqueries from counters of the whole process.
_COMPILING: Final = threading.Lock()


class AmbiguousQuestionError(FacetError):
    """A query that would add up what must not be added up."""

    exit_code = 2


class Catalogue:
    """The metrics of one release, and what has been compiled for it. Safe for threads."""

    def __init__(self, manifest: str, newest: "Catalogue | None" = None) -> None:
        """Read a semantic manifest; of what it was made before, `newest` knows."""
        content: dict[str, Any] = json.loads(manifest)
        summed, timed = summed_measures(content), timed_measures(content)
        #: What the definition of each metric says of it besides.
        self.meta: Mapping[str, Mapping[str, Any]] = {
            entry["name"]: _meta(entry, newest) for entry in content["metrics"]
        }
        self.metrics: Mapping[str, Metric] = {
            entry["name"]: metric_of(entry, self.meta[entry["name"]], summed=summed, timed=timed)
            for entry in content["metrics"]
        }
        #: The dimensions that metrics have, by MetricFlow's name; moments without a grain.
        self.dimensions: Mapping[str, MetricDimension] = metric_dimensions(
            content, newest.dimensions if newest else {}
        )
        #: For each metric the permissions of each mart it reads, of which one is needed.
        self.permissions: Mapping[str, Sequence[frozenset[str]]] = metric_permissions(
            content, newest.permissions if newest else {}
        )
        #: What each metric is computed of.
        self.sources: Mapping[str, MetricSource] = metric_sources(content)
        #: The grains of time.
        self.grains: Sequence[str] = sorted(grains_of(content))
        self._grains = frozenset(self.grains)
        self._dimensions = frozenset(dimensions_of(content))
        self._entities = frozenset(entities_of(content))
        self._derived = derived_metrics(content)
        self._engine = _engine(manifest)
        self._statements = LruCache[str](_STATEMENTS_CACHE_SIZE)
        self._shared = LruCache[tuple[str, ...]](_STATEMENTS_CACHE_SIZE)

    def metric(self, name: str) -> Metric:
        """A metric by name.

        Raises:
            UnknownNameError: there is none.
        """
        if name not in self.metrics:
            raise unknown("metric", name, self.metrics)
        return self.metrics[name]

    def permitted(self, permissions: Collection[str]) -> tuple[Metric, ...]:
        """The metrics that somebody with these permissions may ask for."""
        return tuple(
            metric
            for name, metric in self.metrics.items()
            if permits(self.permissions[name], permissions)
        )

    def shared_dimensions(self, names: Iterable[str]) -> tuple[str, ...]:
        """The dimensions and entities that all of some metrics have; moments without a grain."""
        key = tuple(sorted({self.metric(name).name for name in names}))

        def found() -> tuple[str, ...]:
            with _COMPILING:
                return self._engine.dimensions_of(key)

        return self._shared.made(key, found)

    def dimension_meant(self, given: str, names: Sequence[str]) -> str:
        """The dimension of some metrics that a name in full or in short means.

        Raises:
            UnknownNameError: they have none of that name.
            AmbiguousQuestionError: they have several.
        """
        shared = self.shared_dimensions(names)
        moment, _, grain = given.rpartition("__")
        if moment in shared and grain in self._grains:
            return given
        if any(given in self.metric(name).choose for name in names):
            return given
        has = [name for name in shared if not self.is_time(name)]
        found = meant(given, has, self._grains)
        if not found:
            raise unknown("dimension", given, (*has, *(f"{TIME}__{g}" for g in self._grains)))
        own = [name for name in found if name.partition("__")[0] not in self._entities]
        found = own if len(own) == 1 else found
        if len(found) > 1:
            raise AmbiguousQuestionError(
                f"Dimension {given!r} may mean several",
                why=f"These metrics have {', '.join(found)}.",
                next_step="Give one of these names.",
            )
        return found[0]

    def is_time(self, name: str) -> bool:
        """Whether a name is a moment's, with a grain or without."""
        moment, _, grain = name.rpartition("__")
        known = {name, moment} if grain in self._grains else {name}
        return TIME in known or any(
            each in self.dimensions and self.dimensions[each].is_time for each in known
        )

    def tells_time(self, names: Iterable[str]) -> bool:
        """Whether metrics know the time of day; releases of before do not."""
        return all(self.metric(name).tells_time for name in names)

    def require_choices(self, names: Iterable[str], chosen: Iterable[str]) -> None:
        """Check that a query chooses among a metric's alternatives.

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
                    why="It is told for each value of "
                    + ", ".join(sorted(missing))
                    + " by itself.",
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
        """The statement of a query; its conditions hold placeholders, never values."""
        for name in names:
            self.metric(name)
        for name in by:
            self.require_dimension(name)
        key = (names, by, conditions, order_by, limit)
        statement = self._statements.get(key)
        if statement is None:  # a compiled query waits for nobody
            with _COMPILING:
                statement = self._statements.get(key) or self._statement(*key)
            self._statements.put(key, statement)
        return statement

    def _statement(
        self,
        names: tuple[str, ...],
        by: tuple[str, ...],
        conditions: tuple[str, ...],
        order_by: tuple[str, ...],
        limit: int | None,
    ) -> str:
        bases = bases_of(names, self._derived)
        if bases == names:
            return self._engine.statement(names, by, conditions, order_by, limit)
        inner = self._engine.statement(bases, by, conditions, (), None)
        return derive(inner, names, self._derived, by=by, order_by=order_by, limit=limit)


def catalogue_of(release: Release, tenant_id: int | None = None) -> Catalogue:
    """The catalogue of a release, or of a tenant's file in it, which may be an older one.

    Kept for the few that are looked at, with what was compiled of it: releases whose metrics are
    the same share one.

    Raises:
        ReleaseError: the release's semantic manifest is missing or damaged.
    """
    manifest = (
        release.semantic_manifest if tenant_id is None else release.semantic_manifest_of(tenant_id)
    )
    try:
        return _catalogue_of(_text(manifest), _text(release.semantic_manifest))
    except (OSError, ValueError, KeyError) as error:
        raise ReleaseError(
            f"The metrics of release {release.id} cannot be read",
            why=f"{manifest}: {error}.",
            next_step="Roll back with `facet release rollback`, or run `facet run`.",
        ) from error


@lru_cache(maxsize=8)
def _text(manifest: Path) -> str:
    """A released file, which never changes."""
    return manifest.read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _catalogue_of(manifest: str, newest: str) -> Catalogue:
    newer = None if manifest == newest else _catalogue_of(newest, newest)
    return Catalogue(manifest, newer)


def warm_up(release: Release | None = None) -> None:
    """Import MetricFlow, and prepare a release's metrics, before somebody waits for it."""
    import facet.reporting.query.metricflow_internals  # noqa: F401

    if release is not None:
        catalogue_of(release)


def _engine(manifest: str) -> "Engine":
    from facet.reporting.query.metricflow_internals import Engine

    with _COMPILING:
        return Engine(manifest)


def _meta(entry: Mapping[str, Any], newest: Catalogue | None) -> Mapping[str, Any]:
    """How a metric is read, by its definition; where that lacks something, by the newest."""
    meta = (entry.get("config") or {}).get("meta") or {}
    later = newest.meta.get(entry["name"], {}) if newest else {}
    return {key: later[key] for key in _READING if key in later} | meta
