"""The page of the recipe in CONTRIBUTING, made by it alone, is there in every language."""

import re
from pathlib import Path

import pytest

from facet.config import PROJECT_DIR
from facet.release import Release
from tests.dashboards.tree import copy_of_project, sent_in

#: What is there: title, text, a tile, a part of the list, an order behind the longest bar.
WORDS = {
    "en": ("Margins", "What is left of net sales", "Gross margin", "Boutique", "1-0001"),
    "vi": ("Biên lợi nhuận", "Phần còn lại của", "Lợi nhuận gộp", "Boutique", "1-0001"),
}
_PAGE = "margins"
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


def test_the_recipe_touches_five_files_at_most() -> None:
    assert set(_recipe()) == {
        f"facet/reporting/screen/pages/{_PAGE}/__init__.py",
        f"facet/reporting/screen/pages/{_PAGE}/texts.yml",
        _REGISTRY,
        f"dashboards/app_pages/{_PAGE}.py",
        "docs/operations.md",
    }


def test_a_page_made_by_the_recipe_has_tiles_a_trend_a_list_and_orders(
    tree: Path, house: Release
) -> None:
    sent = sent_in(tree, house, pages=[_PAGE], languages=WORDS)
    missing = {
        language: [word for word in words if word not in sent[language][_PAGE]]
        for language, words in WORDS.items()
    }
    assert missing == {language: [] for language in WORDS}
