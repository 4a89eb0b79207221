"""What holds of every test that dbt runs."""

from pathlib import Path
from typing import Final

from tests.conventions.planting import change_unit_test, orphan
from tests.conventions.project import Found, Project, Rule

#: The longest name that PostgreSQL keeps, of which dbt makes a relation's.
_LONGEST: Final = 63


def _unit_tests(project: Project) -> Found:
    for model in project.models:
        if not model.unit_tests and not model.meta.get("no_unit_test"):
            yield model.path, f"{model.name} has no unit test"
        if model.unit_tests and model.meta.get("no_unit_test"):
            yield model.path, f"{model.name} has unit tests and says why it has none"


def _two_tenants(project: Project) -> Found:
    for path, test in project.entries("unit_tests"):
        if len({row.get("tenant_id") for row in test["expect"].get("rows", ())}) < 2:
            yield path, f"{test['name']} expects rows of one tenant"


def _claims(project: Project) -> Found:
    for path, test in project.entries("unit_tests"):
        if len(test["name"]) > _LONGEST:
            yield path, f"{test['name']} has {len(test['name'])} characters"
        elif test["name"] in (test["model"], f"test_{test['model']}", f"{test['model']}_test"):
            yield path, f"{test['name']} claims nothing"


def _singular_tests(project: Project) -> Found:
    for path, text in project.text.items():
        if path.parent == Path("tests/dbt"):
            if not path.name.startswith("assert_"):
                yield path, "its name is no claim"
            if not text.startswith("-- Fails when "):
                yield path, "it does not begin with what it fails on"


def _drop_words(project: Project) -> Path:
    path = Path("tests/dbt/assert_splits_add_up_to_the_whole.sql")
    project.text[path] = "select 1"
    return path


_ONE: Final = {"rows": [{"tenant_id": 1}, {"tenant_id": 1}]}

RULES: Final = (
    Rule(
        name="A model has a unit test, or says why another test proves it",
        remedy="Write one with two tenants under `unit_tests`, or the reason in"
        " `config.meta.no_unit_test`",
        find=_unit_tests,
        plant=orphan,
    ),
    Rule(
        name="A unit test has two tenants, of whom none gets the other's rows",
        remedy="Add rows of a second tenant to `given` and what is theirs to `expect`",
        find=_two_tenants,
        plant=change_unit_test("fct_orders", expect=_ONE),
    ),
    Rule(
        name="A unit test is named as a claim that PostgreSQL has room for",
        remedy="Say what holds in 63 characters, as fct_orders_never_mixes_tenants",
        find=_claims,
        plant=change_unit_test("fct_orders", name="test_fct_orders"),
    ),
    Rule(
        name="A singular test is named as a claim and begins with what it fails on",
        remedy="Call it assert_<claim>.sql and begin it with `-- Fails when …`",
        find=_singular_tests,
        plant=_drop_words,
    ),
)
