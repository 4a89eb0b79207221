"""What holds of every metric and of what it is asked by."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, get_args

from facet.reporting.present.languages import LANGUAGES
from facet.reporting.query.metric import Kind
from facet.rights import codes
from tests.conventions.project import Entry, Found, Project, Rule

#: Functions that dbt makes in the schema of marts.
_FUNCTIONS: Final = Path("facet/release/macros/metric_functions.sql")
_ASKED: Final = "facet_marts.one_tenant()"
_CHOSEN: Final = "facet_marts.one_alternative()"
#: Every language but English, in which `label` and `description` are.
_OTHERS: Final = tuple(language for language in LANGUAGES if language != "en")


def _meta(entry: Entry) -> Entry:
    meta: Entry = (entry.get("config") or {}).get("meta") or {}
    return meta


def _one_tenant(project: Project) -> Found:
    for path, metric in project.entries("metrics"):
        asked = metric.get("filter", ())
        if metric["type"] == "simple" and _ASKED not in (
            [asked] if isinstance(asked, str) else asked
        ):
            yield path, f"{metric['name']} adds up whatever tenants there are"


def _one_alternative(project: Project) -> Found:
    for path, metric in project.entries("metrics"):
        told_by_several = metric["type"] == "simple" and "choose" in _meta(metric)
        if told_by_several != (_CHOSEN in metric.get("filter", ())):
            yield path, f"{metric['name']} adds up whatever alternatives there are, or has none"


def _types(project: Project) -> Found:
    for path, metric in project.entries("metrics"):
        if metric["type"] not in ("simple", "derived"):
            yield path, f"{metric['name']} is {metric['type']}"


def _schemas(project: Project) -> Found:
    made = re.findall(r"macro facet_marts\.(\w+)\(", project.text[_FUNCTIONS])
    bare = re.compile(rf"(?<![\w.])(?:{'|'.join(made)})\(")
    for path, metric in project.entries("metrics"):
        if found := bare.search(str(metric.get("type_params", {}).get("expr", ""))):
            yield path, f"{metric['name']} calls {found[0]}…)"


def _untold(entry: Entry, kinds: tuple[str, ...]) -> Iterator[str]:
    """What an entry lacks, or says in another language as in English."""
    for kind in kinds:
        if not entry.get(kind):
            yield kind
        for language in _OTHERS:
            told = _meta(entry).get(f"{kind}_{language}")
            if not told or (kind == "description" and told == entry.get(kind)):
                yield f"{kind}_{language}"


def _metrics_in_words(project: Project) -> Found:
    for path, metric in project.entries("metrics"):
        for missing in _untold(metric, ("label", "description")):
            yield path, f"{metric['name']} has no {missing} of its own"


def _dimensions_in_words(project: Project) -> Found:
    for path, model in project.entries("semantic_models"):
        for dimension in model.get("dimensions", ()):
            for missing in _untold(dimension, ("label",)):
                yield path, f"{model['name']}.{dimension['name']} has no {missing}"


def _formats(project: Project) -> Found:
    for path, metric in project.entries("metrics"):
        if _meta(metric).get("format") not in get_args(Kind):
            yield path, f"{metric['name']} has the format {_meta(metric).get('format')}"


def _permissions(project: Project) -> Found:
    for path, model in project.entries("semantic_models"):
        named = _meta(model).get("permissions", ())
        if model.get("measures") and not named:
            yield path, f"{model['name']} is for nobody"
        for code in named:
            if code not in codes.CODES:
                yield path, f"{model['name']} is for {code}, which nobody has"


def _change(kind: str, name: str, change: Callable[[Entry], Any]) -> Callable[[Project], Path]:
    def plant(project: Project) -> Path:
        path = next(path for path, entry in project.entries(kind) if entry["name"] == name)
        change(next(entry for entry in project.own(path)[kind] if entry["name"] == name))
        return path

    return plant


def _change_metric(name: str, change: Callable[[Entry], Any]) -> Callable[[Project], Path]:
    return _change("metrics", name, change)


RULES: Final = (
    Rule(
        name="A simple metric is one tenant's, or an error (docs/decisions/0045)",
        remedy=f"Give it `filter: {_ASKED}`",
        find=_one_tenant,
        plant=_change_metric("refunds_paid", lambda metric: metric.pop("filter")),
    ),
    Rule(
        name="A simple metric that has alternatives adds none up (docs/decisions/0045)",
        remedy=f"Give it `filter: [{_ASKED}, {_CHOSEN}]` where it has config.meta.choose",
        find=_one_alternative,
        plant=_change_metric("lift", lambda metric: metric.update(filter=_ASKED)),
    ),
    Rule(
        name="A metric is simple or derived: others divide as floats or ask by themselves",
        remedy="Make it derived of simple ones, by facet_marts.safe_divide",
        find=_types,
        plant=_change_metric("refunds_paid", lambda metric: metric.update(type="ratio")),
    ),
    Rule(
        name="What a metric calls is named with its schema, as tools have no search path",
        remedy="Write facet_marts. before it",
        find=_schemas,
        plant=_change_metric(
            "average_order_value",
            lambda metric: metric["type_params"].update(expr="safe_divide(demand_sales, orders)"),
        ),
    ),
    Rule(
        name="A metric has its label and description in every language",
        remedy="Add label and description, and under config.meta those in other languages,"
        " as label_vi and description_vi",
        find=_metrics_in_words,
        plant=_change_metric("refunds_paid", lambda metric: _meta(metric).pop("description_vi")),
    ),
    Rule(
        name="A dimension has its label in every language",
        remedy="Add label, and under config.meta those in other languages, as label_vi",
        find=_dimensions_in_words,
        plant=_change(
            "semantic_models", "late_changes", lambda model: model["dimensions"][0].pop("label")
        ),
    ),
    Rule(
        name="A metric says how it is written",
        remedy=f"Set config.meta.format: {', '.join(get_args(Kind))}",
        find=_formats,
        plant=_change_metric("refunds_paid", lambda metric: _meta(metric).pop("format")),
    ),
    Rule(
        name="A semantic model says who may ask for its measures",
        remedy="Set config.meta.permissions to codes of facet/rights/codes.py",
        find=_permissions,
        plant=_change(
            "semantic_models",
            "late_changes",
            lambda model: _meta(model).update(permissions=["facet.nobody"]),
        ),
    ),
)
