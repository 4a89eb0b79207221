"""The metrics of a release: what they are called, what they mean, and how they compile."""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from facet.errors import FacetError, ReleaseError
from facet.release import Release
from facet.reporting.query.cache import LruCache
from facet.reporting.query.derived import bases_of, derive, derived_metrics
from facet.reporting.query.manifest import (
    dimensions_of,
    entities_of,
    measures_of,
    summed_measures,
    timed_measures,
)
from facet.reporting.query.table import in_language
from facet.reporting.query.unknown_names import unknown

if TYPE_CHECKING:
    from facet.reporting.query.metricflow_internals import Engine

Kind = Literal["money", "count", "rate", "decimal", "days", "minutes"]

_STATEMENTS_CACHE_SIZE: Final = 1000
#: What a definition says of how a metric is read; files of older versions do not say it yet.
_READING: Final = (
    *("as_of", "costs_of", "counts_later_returns", "is_additive", "is_ratio", "is_share"),
    *("lower_is_better", "rate_of", "whole_order_only"),
)
#: MetricFlow numbers its subqueries from counters of the whole process.
_COMPILING: Final = threading.Lock()


class AmbiguousQuestionError(FacetError):
    """A query that would add up what must not be added up."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric as its definition in the project describes it."""

    name: str
    kind: Kind
    #: Its ``label`` and ``description``; in other languages ``label_vi`` and so on.
    texts: Mapping[str, str]
    #: Whether it is 0, rather than unknown, where there is nothing.
    is_sum: bool
    #: Whether it is 0 where nothing happened, though it may be unknown where something did.
    is_amount: bool
    #: Whether its days can be cut at a time of day.
    tells_time: bool
    #: Dimensions of which a query keeps one value, or by which it groups: sums over several
    #: of their values mean nothing.
    choose: tuple[str, ...]
    lower_is_better: bool
    #: Whether its parts add up by any dimension.
    is_additive: bool
    #: Whether it belongs to an order as a whole, and to no category of it.
    whole_order_only: bool
    #: Whether it comes to rest only later: of a time before it is told as it was then.
    as_of: bool
    #: Whether a period still grows by what is given back of its orders later: always, or where the
    #: tenant dates returns by their orders.
    counts_later_returns: Literal["always", "as_dated"] | None
    #: Whether it is a share of more than it tells of: 0 where nothing of that happened.
    is_share: bool
    #: What it is a rate of, which may be negative, and then the rate says nothing.
    rate_of: str | None
    #: What it rests on: the sales whose costs are known, and all sales.
    costs_of: tuple[str, ...]

    def label(self, language: str) -> str:
        """Its name for people."""
        return self.texts[in_language("label", language, self.texts)]

    def description(self, language: str) -> str:
        """Its definition in a sentence or two."""
        return self.texts[in_language("description", language, self.texts)]


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
            entry["name"]: _metric(entry, self.meta[entry["name"]], summed=summed, timed=timed)
            for entry in content["metrics"]
        }
        self._dimensions = frozenset(dimensions_of(content))
        self._entities = frozenset(entities_of(content))
        self._derived = derived_metrics(content)
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


def _metric(
    entry: Mapping[str, Any], meta: Mapping[str, Any], *, summed: set[str], timed: set[str]
) -> Metric:
    measures = measures_of(entry)
    is_ratio = meta.get("is_ratio", entry["type"] != "simple")
    is_amount = measures <= summed and not is_ratio
    return Metric(
        name=entry["name"],
        kind=meta.get("format", "decimal"),
        texts=_texts(entry, meta),
        is_sum=is_amount and not meta.get("is_nullable", False),
        is_amount=is_amount,
        tells_time=measures <= timed,
        choose=tuple(meta.get("choose", ())),
        lower_is_better=meta.get("lower_is_better", False),
        is_additive=meta.get("is_additive", False),
        whole_order_only=meta.get("whole_order_only", False),
        as_of=meta.get("as_of", False),
        counts_later_returns=meta.get("counts_later_returns"),
        is_share=meta.get("is_share", False),
        rate_of=meta.get("rate_of"),
        costs_of=tuple(meta.get("costs_of", ())),
    )


def _texts(entry: Mapping[str, Any], meta: Mapping[str, Any]) -> dict[str, str]:
    """Label and description of a metric; those in other languages stand in its meta."""
    source = {
        "label": entry.get("label") or entry["name"],
        "description": entry.get("description") or "",
    }
    translated = {
        key: text
        for key, text in meta.items()
        if key.startswith(("label_", "description_")) and text
    }
    return {key: " ".join(text.split()) for key, text in (source | translated).items()}
