"""Measures and groupings, as a semantic manifest has them."""

from collections.abc import Mapping
from typing import Any, Final

#: Entities that a row of their model is one of: others are told by its dimensions.
_WHOLE: Final = ("primary", "unique")


def measures_of(entry: Mapping[str, Any]) -> set[str]:
    """Measures of a metric, through whatever metrics are between."""
    return {measure["name"] for measure in entry["type_params"]["input_measures"]}


def summed_measures(content: Mapping[str, Any]) -> set[str]:
    """The measures that are sums or counts, and so 0 where there is nothing."""
    return {
        measure["name"]
        for model in content["semantic_models"]
        for measure in model["measures"]
        if measure["agg"] in ("sum", "count", "count_distinct", "sum_boolean")
    }


def timed_measures(content: Mapping[str, Any]) -> set[str]:
    """The measures whose rows have a moment, not only a day."""
    timed = set()
    for model in content["semantic_models"]:
        fine = {
            dimension["name"]
            for dimension in model["dimensions"]
            if (dimension["type_params"] or {}).get("time_granularity") == "second"
        }
        default = (model["defaults"] or {}).get("agg_time_dimension")
        timed |= {
            measure["name"]
            for measure in model["measures"]
            if (measure["agg_time_dimension"] or default) in fine
        }
    return timed


def grains_of(content: Mapping[str, Any]) -> set[str]:
    """The grains of time, those of the project's own calendar too."""
    custom = {
        grain["name"]
        for spine in content["project_configuration"]["time_spines"]
        for grain in spine["custom_granularities"]
    }
    return custom | {"day", "week", "month", "quarter", "year"}


def entities_of(content: Mapping[str, Any]) -> set[str]:
    """The entities of all semantic models."""
    return {entity["name"] for model in content["semantic_models"] for entity in model["entities"]}


def dimensions_of(content: Mapping[str, Any]) -> set[str]:
    """Every name that a result can be grouped by."""
    grains = grains_of(content)
    names = entities_of(content) | {f"metric_time__{grain}" for grain in grains}
    for model in content["semantic_models"]:
        whole = [each["name"] for each in model["entities"] if each["type"] in _WHOLE]
        for entity in [*whole, model.get("primary_entity")]:
            for dimension in model["dimensions"] if entity else ():
                name = f"{entity}__{dimension['name']}"
                is_time = dimension["type"] == "time"
                names.update({f"{name}__{grain}" for grain in grains} if is_time else {name})
    return names
