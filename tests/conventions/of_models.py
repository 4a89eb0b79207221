"""What holds of every model beyond staging, which is rendered and has a check of its own."""

import re
from pathlib import Path
from typing import Final

from tests.conventions.planting import add_column, add_sql, change, orphan
from tests.conventions.project import LAYERS, Found, Project, Rule, plain_sql

_NAMES: Final = {
    "intermediate": r"models/intermediate/(\w+)/(?:\w+/)?int_\1__[a-z_]+",
    "marts": r"models/marts/\w+/(?:\w+/)?(?:fct|dim|rpt)_[a-z_]+",
}
#: Type → how a column of it is called; and whether others must not be called so.
_TYPES: Final = {
    "boolean": r"(is|has|was|were|lacks|awaits|needs)_\w+",
    "timestamp with time zone": r"(?!is_)\w+_at",
    "timestamp": r"\w+_at_local",
    "date": r"\w+_(date|on)|date_day|cohort_month|period_(start|end)",
}
_AMOUNT: Final = re.compile(r"\w+_amount")
_TABLE: Final = re.compile(r"\b(?:from|join)\s+(?!lateral\b)([\w.\"]+)(?!\s*\(|[\w.\"])")
_NO_TABLE: Final = re.compile(r"distinct\s+from\b|\b(?:extract|trim|substring)\s*\([^()]*?\bfrom\b")
#: Marts of whom nothing is somebody's performance, though they name users.
_ALL_STAFF: Final = {"dim_staff"}


def _contracts(project: Project) -> Found:
    config = project.yaml[Path("dbt_project.yml")]["models"]["facet"]
    for layer in LAYERS[1:]:
        if config[layer].get("+contract") != {"enforced": True}:
            yield Path("dbt_project.yml"), f"{layer} has no contracts"
    for model in project.models:
        if not model.entry.get("config", {}).get("contract", {}).get("enforced", True):
            yield model.path, f"{model.name} takes its contract back"
        if without := [n for n, column in model.columns.items() if "data_type" not in column]:
            yield model.path, f"{model.name} gives {without[0]} no data_type"


def _grains(project: Project) -> Found:
    for model in project.models:
        if model.key[:1] != ["tenant_id"]:
            yield model.path, f"the grain of {model.name} is {model.key or 'not tested'}"


def _rows(project: Project) -> Found:
    for model in project.models:
        if "One row per" not in " ".join(model.entry.get("description", "").split()):
            yield model.path, f"{model.name} does not say what a row of it is"


def _first_columns(project: Project) -> Found:
    for model in project.models:
        if next(iter(model.columns), None) != "tenant_id":
            yield model.path, f"{model.name} begins with {next(iter(model.columns), 'no column')}"


def _names(project: Project) -> Found:
    for model in project.models:
        place = (model.path.parent / model.name).as_posix()
        if not re.fullmatch(_NAMES[model.layer], place):
            yield model.path, f"{model.name} is no name of {model.path.parent}"
        if not model.sql:
            yield model.path, f"{model.name}.sql does not stand beside it"


def _references(project: Project) -> Found:
    dimensions = {
        model.key[1]: model.name
        for model in project.marts
        if model.name.startswith("dim_") and len(model.key) == 2
    }
    for model in project.marts:
        held = {
            reference["column"]
            for given in model.tests("within_tenant")
            for reference in given["references"]
        }
        named = [name for name in model.columns if name in dimensions and name not in model.key]
        if named and not held:
            yield model.path, f"{model.name} holds {named[0]} to nothing ({dimensions[named[0]]})"


def _types(project: Project) -> Found:
    for model in project.models:
        for name, column in model.columns.items():
            kind = column.get("data_type", "")
            for of_type, pattern in _TYPES.items():
                if (kind == of_type) is not bool(re.fullmatch(pattern, name)):
                    yield model.path, f"{model.name}.{name} is {kind}"
                    break
            if _AMOUNT.fullmatch(name) and not re.fullmatch(r"numeric\((18|28), 2\)", kind):
                yield model.path, f"{model.name}.{name} is {kind}"


def _currencies(project: Project) -> Found:
    for model in project.marts:
        originals = [name for name in model.columns if name.endswith("_amount_original")]
        if originals and not any("currency" in name for name in model.columns):
            yield model.path, f"{model.name}.{originals[0]} is in a currency that no column names"


def _relations(project: Project) -> Found:
    for model in project.models:
        sql = _NO_TABLE.sub(" ", plain_sql(model.sql))
        steps = set(re.findall(r"(\w+)(?: \([^()]*\))? as (?:not )?(?:materialized )?\(", sql))
        for name in _TABLE.findall(sql):
            if name not in steps and name not in ("jinja", "lateral"):
                yield model.path.with_name(f"{model.name}.sql"), f"{name} is read by its name"


def _engines(project: Project) -> Found:
    for model in project.models:
        if re.search(r"\btarget\.|\badapter\.(type|dispatch)", model.sql):
            yield model.path.with_name(f"{model.name}.sql"), "it asks which engine it is built on"


def _people(project: Project) -> Found:
    for model in project.marts:
        users = [name for name in model.columns if re.fullmatch(r"(\w+_)?(user|staff)_id", name)]
        if users and "people" not in model.meta and model.name not in _ALL_STAFF:
            yield model.path, f"{model.name} names users ({users[0]})"


def _reached(project: Project) -> Found:
    words = {
        word
        for path, text in project.text.items()
        if path.parts[0] == "facet"
        for word in re.findall(r"(?:fct|dim|rpt)_\w+", text)
    }
    words |= {
        re.sub(r"^ref\('|'\)$", "", m["model"]) for _, m in project.entries("semantic_models")
    }
    for path, text in project.text.items():
        if path.parts[0] == "models":
            words |= set(re.findall(r"['\"](\w+)['\"]", text))
    for mart in project.marts:
        if mart.name not in words:
            yield mart.path, f"{mart.name} is read by nobody"


_BARE: Final = [{"grain": {"arguments": {"columns": ["order_id"]}}}]

RULES: Final = (
    Rule(
        name="A model beyond staging has an enforced contract, each column its type",
        remedy="Leave `contract` to dbt_project.yml and give each column its data_type",
        find=_contracts,
        plant=change("fct_payments", config={"contract": {"enforced": False}}),
    ),
    Rule(
        name="A model tests its grain, tenant_id first",
        remedy="Add the test `grain` with `columns: [tenant_id, …]`",
        find=_grains,
        plant=change("fct_orders", data_tests=_BARE),
    ),
    Rule(
        name="A description ends in what a row is",
        remedy="End it in `One row per …`",
        find=_rows,
        plant=change("fct_payments", description="Payments."),
    ),
    Rule(
        name="tenant_id is the first column of a model",
        remedy="Put `tenant_id` first, in the YAML and in the select",
        find=_first_columns,
        plant=change("fct_payments", columns=[{"name": "payment_id", "data_type": "bigint"}]),
    ),
    Rule(
        name="A model is named by its layer, in its area's folder, its SQL beside its YAML",
        remedy="Call it int_<area>__<noun>_<participle> under intermediate/<area>, and"
        " fct_<events>, dim_<entities> or rpt_<question> under marts/<area>",
        find=_names,
        plant=change("fct_payments", name="payments"),
    ),
    Rule(
        name="What a mart refers to is of its tenant, and tested",
        remedy="Add the test `within_tenant`, `{column: …, to: …, field: …}` for each reference",
        find=_references,
        plant=change("fct_orders", data_tests=_BARE),
    ),
    Rule(
        name="A column's name says its type",
        remedy="is_… and has_… are boolean, …_at timestamptz, …_at_local timestamp, …_date date,"
        " …_amount numeric(18, 2)",
        find=_types,
        plant=add_column("fct_payments", "paid", "boolean"),
    ),
    Rule(
        name="Money says in which currency it is",
        remedy="Add currency_code, or convert it to the tenant's as …_amount",
        find=_currencies,
        plant=add_column("rpt_task_days", "fee_amount_original", "numeric(18, 2)"),
    ),
    Rule(
        name="A model reads models, by ref or source",
        remedy="Read it in an import CTE: `select * from {{ ref('…') }}`",
        find=_relations,
        plant=add_sql("fct_payments", "\ninner join facet_marts.fct_orders on true"),
    ),
    Rule(
        name="A model is one text for both engines",
        remedy="Put what differs into a macro under macros/cross_db/",
        find=_engines,
        plant=add_sql("fct_payments", "{% if target.type == 'duckdb' %}"),
    ),
    Rule(
        name="A mart that names users says whose performance its rows are",
        remedy="Say `config.meta.people`: rows_of, hides or names (CONTRIBUTING, A new number);"
        " `{}` where they are nobody's",
        find=_people,
        plant=add_column("fct_payments", "taken_by_user_id", "bigint"),
    ),
    Rule(
        name="A mart is read by a metric, a page, a report or another mart",
        remedy="Name it in a semantic model or in a page's data, or make it an intermediate model",
        find=_reached,
        plant=orphan,
    ),
)
