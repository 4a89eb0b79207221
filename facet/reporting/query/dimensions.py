"""Dimensions of metrics: what a result can be grouped by and narrowed to, and for whom it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from facet.reporting.query.manifest import measures_of
from facet.reporting.query.table import in_language

#: The day that a metric counts on; it has grains.
TIME: Final = "metric_time"


@dataclass(frozen=True, kw_only=True)
class MetricDimension:
    """A dimension as its definition in the project describes it.

    `name` is MetricFlow's, of moments without a grain: ``ledger_entry__channel_name``.
    """

    name: str
    #: Its ``label``; in other languages ``label_vi`` and so on.
    texts: Mapping[str, str]
    #: The kind of texts that word its values.
    words: str
    is_time: bool

    @property
    def column(self) -> str:
        """Its name without the entity that it is of."""
        return self.name.rpartition("__")[2]

    @property
    def is_id(self) -> bool:
        """Whether its values are ids, which tell apart and say nothing to a reader."""
        return self.column.endswith("_id")

    def label(self, language: str) -> str:
        """Its name for people."""
        return self.texts[in_language("label", language, self.texts)]


def metric_dimensions(
    content: Mapping[str, Any], newest: Mapping[str, MetricDimension]
) -> Mapping[str, MetricDimension]:
    """The dimensions of all semantic models, by name; in words of the `newest` release."""
    found = {}
    for model in content["semantic_models"]:
        for entity in _entities(model):
            for dimension in model["dimensions"]:
                name = f"{entity}__{dimension['name']}"
                found[name] = newest.get(name) or _dimension(name, dimension)
    return found


def metric_permissions(
    content: Mapping[str, Any], newest: Mapping[str, Sequence[frozenset[str]]]
) -> Mapping[str, Sequence[frozenset[str]]]:
    """For each metric the permissions of each semantic model that it reads, of which one is needed.

    A model that does not say so, in a release of before, is for whom the `newest` says; else for
    nobody.
    """
    of_measure = {
        measure["name"]: frozenset(_meta(model).get("permissions", ()))
        for model in content["semantic_models"]
        for measure in model["measures"]
    }
    found = {}
    for metric in content["metrics"]:
        needed = {of_measure[measure] for measure in measures_of(metric)}
        known = all(needed) and bool(needed)
        found[metric["name"]] = tuple(needed) if known else newest.get(metric["name"], ())
    return found


def permits(needed: Sequence[frozenset[str]], permissions: Collection[str]) -> bool:
    """Whether somebody with these permissions may ask for a metric that needs those."""
    return bool(needed) and all(not models.isdisjoint(permissions) for models in needed)


def meant(given: str, names: Iterable[str], grains: Collection[str]) -> Sequence[str]:
    """The names that a name given by a person may mean, in full or in short.

    Args:
        given: ``ledger_entry__channel_name``, ``channel_name`` or ``channel``; ``month``.
        names: those of dimensions and entities there are to choose from.
        grains: those of time; a week is the tenant's own.

    Returns:
        None, one, or several that are as good; a name to read rather than the id of the same thing.
    """
    known = list(names)
    if given in known and "__" in given:
        return [given]
    grain = {"week": "local_week"}.get(given.removeprefix(f"{TIME}__"))
    grain = grain or given.removeprefix(f"{TIME}__")
    if grain in grains:
        return [f"{TIME}__{grain}"]
    for ending in (f"__{given}_name", f"__{given}"):
        if found := [name for name in known if name.endswith(ending)]:
            return found
    return [given] if given in known else []


def _dimension(name: str, entry: Mapping[str, Any]) -> MetricDimension:
    meta = _meta(entry)
    translated = {key: text for key, text in meta.items() if key.startswith("label_")}
    return MetricDimension(
        name=name,
        texts={"label": entry.get("label") or entry["name"], **translated},
        words=meta.get("words", entry["name"]),
        is_time=entry["type"] == "time",
    )


def _entities(model: Mapping[str, Any]) -> Iterator[str]:
    """The entities that a model's dimensions are of."""
    names = {each["name"] for each in model["entities"] if each["type"] == "primary"}
    yield from sorted(names | ({model["primary_entity"]} if model.get("primary_entity") else set()))


def _meta(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return (entry.get("config") or {}).get("meta") or {}
