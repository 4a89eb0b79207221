"""Sources of metrics: what each is computed of, and over which marts, by a semantic manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facet.reporting.query.manifest import measures_of


@dataclass(frozen=True, kw_only=True)
class MetricSource:
    """What a metric is computed of.

    `expression` speaks of `metrics`, or where these are none of the columns of the mart; `filters`
    say which of its rows count, where not all do.
    """

    expression: str
    metrics: tuple[str, ...]
    marts: tuple[str, ...]
    filters: tuple[str, ...]


def metric_sources(content: Mapping[str, Any]) -> Mapping[str, MetricSource]:
    """The source of each metric, by name."""
    measures = {
        measure["name"]: (model["node_relation"]["alias"], measure)
        for model in content["semantic_models"]
        for measure in model["measures"]
    }
    return {entry["name"]: _source(entry, measures) for entry in content["metrics"]}


def _source(
    entry: Mapping[str, Any], measures: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> MetricSource:
    parameters = entry["type_params"]
    expression = parameters["expr"]
    if entry["type"] == "simple":
        _, measure = measures[parameters["measure"]["name"]]
        expression = f"{measure['agg']}({measure['expr'] or measure['name']})"
    kept = (entry.get("filter") or {}).get("where_filters", ())
    return MetricSource(
        expression=" ".join((expression or "").split()),
        metrics=tuple(metric["name"] for metric in parameters["metrics"] or ()),
        marts=tuple(sorted({measures[name][0] for name in measures_of(entry)})),
        filters=tuple(" ".join(one["where_sql_template"].split()) for one in kept),
    )
