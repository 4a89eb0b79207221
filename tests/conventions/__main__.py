"""Tell where the project breaks a convention: ``python -m tests.conventions``, two seconds."""

import sys
from pathlib import Path
from typing import Final

from tests.conventions import of_metrics, of_models, of_sources_and_pages, of_tests
from tests.conventions.project import Rule, read

RULES: Final[tuple[Rule, ...]] = (
    *of_models.RULES,
    *of_tests.RULES,
    *of_metrics.RULES,
    *of_sources_and_pages.RULES,
)


def breaches(root: Path) -> list[str]:
    """Where a checkout breaks a convention: file, what is wrong, rule and remedy."""
    project = read(root)
    return [told for rule in RULES for told in rule.breaches(project)]


if __name__ == "__main__":
    told = breaches(Path.cwd())
    sys.exit("\n".join(told) or 0)
