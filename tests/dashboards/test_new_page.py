"""The page of the recipe in CONTRIBUTING, made by it alone, is there in every language.

So is its test, which is part of the recipe.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
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


def _section() -> str:
    text = (PROJECT_DIR / "CONTRIBUTING.md").read_text("utf-8")
    return text.split("## A new page\n")[1].split("\n## ")[0]


def _command() -> list[str]:
    """The command that the recipe begins with."""
    [command] = re.findall(r"^```sh\nfacet (new page .*?)^```", _section(), re.S | re.M)
    return shlex.split(command.replace("\\\n", " "))


def _recipe() -> dict[str, str]:
    """The files that the recipe has one write, by path: the code below each path."""
    return dict(re.findall(r"^`([\w/.]+)`[^\n]*:\n\n```\w+\n(.*?)^```", _section(), re.S | re.M))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of its own in which somebody has followed the recipe."""
    tree = copy_of_project(tmp_path_factory.mktemp("tree"))
    for folder in ("docs", "seeds", "snapshots"):
        shutil.copytree(PROJECT_DIR / folder, tree / folder)
    done = subprocess.run(
        [sys.executable, "-c", "from facet.cli import main; main()", *_command()],
        cwd=tree, env=os.environ | {"PYTHONPATH": str(tree)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert _TEST in done.stdout.partition("Left to write:")[2]
    for name, text in _recipe().items():
        assert (tree / name).exists()
        (tree / name).write_text(text)
    return tree


def test_the_recipe_has_one_write_its_test_and_lists_the_page(tree: Path) -> None:
    assert set(_recipe()) == {_TEST}
    row = f"| Margins | `{_PAGE}` | `facet.sales` | sales, orders |\n"
    assert row in (tree / "docs" / "operations.md").read_text("utf-8")
    assert f"`{_PAGE}`" in (tree / "docs" / "uses.md").read_text("utf-8")
    assert f",{_PAGE}\n" in (tree / "seeds" / "page_sources.csv").read_text("utf-8")


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
