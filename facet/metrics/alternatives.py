"""A semantic manifest for other tools, in which alternatives are not added up.

Some metrics are told by several attribution models, windows, goals or promotions side by side; a
question chooses among them (``config.meta.choose``). MetricFlow cannot demand that, and adds all of
them up; but what a metric is made of can say how many alternatives an answer's row has
(docs/decisions/0045).
"""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from facet.errors import ConfigurationError
from facet.release.tenant_files import ONE_ALTERNATIVE

_OF_ONE: Final = "facet_marts.of_one_alternative"


def guard(path: Path) -> int:
    """Have the metrics of a semantic manifest refuse to add alternatives up.

    Args:
        path: ``semantic_manifest.json``, as dbt wrote it; it is written anew.

    Returns:
        How many metrics do, also if they did before.

    Raises:
        ConfigurationError: there is no such file.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            str(path),
            why="dbt has not parsed the project there.",
            next_step="Run `dbt parse` in the project's folder first.",
        ) from error
    changed = guarded(content)
    path.write_text(json.dumps(changed), encoding="utf-8")
    return sum(_is_of_one(metric) for metric in changed["metrics"])


def guarded(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A semantic manifest whose sums of alternatives are made of what tells how many they are."""
    content = copy.deepcopy(dict(manifest))
    models = {
        measure["name"]: model
        for model in content["semantic_models"]
        for measure in model["measures"]
    }
    counts: dict[str, dict[str, Any]] = {}
    metrics: list[dict[str, Any]] = []
    for metric in content["metrics"]:
        if not _is_guarded(metric):
            metrics.append(metric)
            continue
        model = models[metric["type_params"]["measure"]["name"]]
        if model["name"] not in counts:
            counts[model["name"]] = _counted(metric, model)
        told = _asked_freely(metric, f"{metric['name']}_of_any")
        metrics += [_derived(metric, told, counts[model["name"]]), told]
    return content | {"metrics": [*metrics, *counts.values()]}


def _is_guarded(metric: Mapping[str, Any]) -> bool:
    asked = (metric["filter"] or {}).get("where_filters", ())
    return any(one["where_sql_template"] == ONE_ALTERNATIVE for one in asked)


def _is_of_one(metric: Mapping[str, Any]) -> bool:
    return (metric["type_params"]["expr"] or "").startswith(_OF_ONE)


def _asked_freely(metric: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A metric under another name, which adds up whatever it is asked for."""
    told = copy.deepcopy(dict(metric))
    told["filter"]["where_filters"] = [
        one
        for one in told["filter"]["where_filters"]
        if one["where_sql_template"] != ONE_ALTERNATIVE
    ]
    return told | {"name": name, "label": None}


def _counted(metric: Mapping[str, Any], model: dict[str, Any]) -> dict[str, Any]:
    """Have a model count the alternatives that an answer's row is of; the metric that tells it."""
    name = f"{model['name']}_alternatives"
    measure = copy.deepcopy(model["measures"][0])
    parts = " || '|' || ".join(_parts(metric["config"]["meta"]["choose"], model))
    model["measures"].append(
        measure | {"name": name, "agg": "count_distinct", "expr": parts, "agg_time_dimension": None}
    )
    counted = _asked_freely(metric, name)
    for given in (counted["type_params"]["measure"], *counted["type_params"]["input_measures"]):
        given["name"] = name
    return counted


def _parts(choose: list[str], model: Mapping[str, Any]) -> Iterator[str]:
    """What alternatives are told apart by, as text."""
    columns = {one["name"]: one["expr"] or one["name"] for one in model["entities"]}
    columns |= {
        f"{model['primary_entity']}__{one['name']}": one["expr"] or one["name"]
        for one in model["dimensions"]
    }
    for name in choose:
        yield f"coalesce(cast({columns[name]} as text), '')"


def _derived(
    metric: dict[str, Any], told: Mapping[str, Any], count: Mapping[str, Any]
) -> dict[str, Any]:
    """A metric that is told where there is one alternative, and else an error."""
    made_of = [
        {"name": one["name"], "filter": None, "alias": None, "offset_window": None}
        | {"offset_to_grain": None}
        for one in (told, count)
    ]
    measures = [one["type_params"]["measure"] for one in (told, count)]
    return metric | {
        "type": "derived",
        "filter": None,
        "type_params": metric["type_params"]
        | {
            "measure": None,
            "expr": f"{_OF_ONE}({told['name']}, {count['name']})",
            "metrics": made_of,
            "input_measures": measures,
        },
    }
