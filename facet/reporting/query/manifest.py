"""What a semantic manifest says of its metrics: whether they add up, and how finely in time."""

import re
from collections.abc import Mapping
from typing import Any, Final

#: What an expression has that can be null: a division by a metric, unknown costs, or a case.
_UNKNOWN: Final = re.compile(r"safe_divide\(.*,\s*[a-z_]+\)$|\bwhere_costed\(|\bcase\b")


def measures_of(entry: Mapping[str, Any]) -> set[str]:
    """What a metric is worked out from, whatever metrics are between."""
    return {measure["name"] for measure in entry["type_params"]["input_measures"]}


def sums_of(content: Mapping[str, Any]) -> set[str]:
    """The metrics that are sums or counts, or such in another unit.

    No ratios, no medians, and none that says itself when it is not known.
    """
    summed = {
        measure["name"]
        for model in content["semantic_models"]
        for measure in model["measures"]
        if measure["agg"] in ("sum", "count", "count_distinct", "sum_boolean")
    }
    return {
        entry["name"]
        for entry in content["metrics"]
        if measures_of(entry) <= summed and not _UNKNOWN.search(entry["type_params"]["expr"] or "")
    }


def amounts_of(content: Mapping[str, Any]) -> set[str]:
    """The sums, and what is summed where costs are known: 0 where nothing happened."""
    costed = {
        entry["name"]
        for entry in content["metrics"]
        if (entry["type_params"]["expr"] or "").startswith("where_costed(")
    }
    return sums_of(content) | costed


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
