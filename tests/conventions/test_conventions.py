"""Every convention is kept, and a violation of each is told with file, rule and remedy."""

from pathlib import Path

import pytest

from facet.config import PROJECT_DIR
from tests.conventions.__main__ import RULES
from tests.conventions.project import Project, Rule, read

_OF_EACH = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@pytest.fixture(scope="module")
def project() -> Project:
    return read(PROJECT_DIR)


@_OF_EACH
def test_a_convention_is_kept(project: Project, rule: Rule) -> None:
    assert rule.breaches(project) == []


@_OF_EACH
def test_a_violation_is_told_with_file_rule_and_remedy(project: Project, rule: Rule) -> None:
    broken = project.copy()
    file = rule.plant(broken)

    [*told] = rule.breaches(broken)

    assert [breach for breach in told if breach.startswith(f"{file}: ")]
    assert all(breach.endswith(f". {rule.name}. → {rule.remedy}") for breach in told)
    assert len(rule.remedy) > 20


def test_there_are_the_models_metrics_tables_and_pages_that_are_looked_at(project: Project) -> None:
    assert len(project.models) > 200
    assert len([*project.entries("metrics")]) > 250
    assert len([*project.tables()]) > 130
    assert len(project.pages) == len([*Path(PROJECT_DIR, "dashboards/app_pages").glob("*.py")])
    assert len({rule.name for rule in RULES}) == len(RULES) > 25
