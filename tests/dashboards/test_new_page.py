"""The page of the recipe in CONTRIBUTING, made by it alone, is there in every language.

So is its test, which is part of the recipe.
"""

import re
from pathlib import Path

import pytest

from facet.config import PROJECT_DIR
from facet.release import Release
from tests.dashboards.tree import copy_of_project, run_pytest_in, sent_in

#: What is there: title, text, a tile, the trend, its longest bar's orders, the period's, a table.
WORDS = {
    "en": (
        "Margins",
        "What is left of net sales",
        "Gross margin",
        "Gross margin by day",
        "Orders – Mar 2, 2026",
        "Orders – Mar 1, 2026 – Mar 18, 2026",
        "1-0001",
        "Channels in numbers",
    ),
    "vi": (
        "Biên lợi nhuận",
        "Phần còn lại của",
        "Lợi nhuận gộp",
        "Lợi nhuận gộp theo ngày",
        "Đơn hàng – 2 thg 3, 2026",
        "Đơn hàng – 1 thg 3, 2026 – 18 thg 3, 2026",
        "1-0001",
        "Số liệu theo kênh",
    ),
}
_PAGE = "margins"
_TEST = f"tests/dashboards/test_{_PAGE}_page.py"
_SCRIPT = f"dashboards/app_pages/{_PAGE}.py"
_REGISTRY = "facet/reporting/screen/registry.py"


def _recipe() -> dict[str, str]:
    """The files of the recipe, by path: the code below each path."""
    text = (PROJECT_DIR / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split("## A new page\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^`([\w/.]+)`[^\n]*:\n\n```\w+\n(.*?)^```", section, re.S | re.M))


def _add_to_registry(text: str, lines: str) -> str:
    """The registry with the recipe's two lines: the import, and the page after *Sales*."""
    imported, listed = lines.splitlines()
    text = text.replace("\nfrom facet.reporting", f"\n{imported}\nfrom facet.reporting", 1)
    assert "    SALES,\n" in text
    return text.replace("    SALES,\n", f"    SALES,\n    {listed.strip()}\n")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of its own in which somebody has followed the recipe."""
    tree = copy_of_project(tmp_path_factory.mktemp("tree"))
    for name, text in _recipe().items():
        path = tree / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(_add_to_registry(path.read_text(), text) if name == _REGISTRY else text)
    return tree


def test_the_recipe_touches_six_files_at_most() -> None:
    assert set(_recipe()) == {
        f"facet/reporting/screen/pages/{_PAGE}/__init__.py",
        f"facet/reporting/screen/pages/{_PAGE}/texts.yml",
        _REGISTRY,
        _SCRIPT,
        _TEST,
        "docs/operations.md",
    }


def test_a_page_made_by_the_recipe_has_tiles_a_trend_lists_of_orders_and_a_table(
    tree: Path, house: Release
) -> None:
    sent = sent_in(tree, house, pages=[_PAGE], languages=WORDS)
    missing = {
        language: [word for word in words if word not in sent[language][_PAGE]]
        for language, words in WORDS.items()
    }
    assert missing == {language: [] for language in WORDS}


def test_the_test_of_the_recipe_passes_for_both_shops(tree: Path, semantic_manifest: Path) -> None:
    outcome = run_pytest_in(tree, _TEST, semantic_manifest)
    assert "2 passed" in outcome, outcome
