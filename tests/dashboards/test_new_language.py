"""A language made by the recipe in CONTRIBUTING, of texts alone, is there on every page."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any, Final

import duckdb
import pytest
import yaml

from facet.config import PROJECT_DIR, Settings
from facet.release import Release
from facet.reporting.present.texts import texts
from facet.reporting.screen.registry import PAGES
from tests.dashboards.everything_sent import plain
from tests.dashboards.tree import copy_of_project, sent_in
from tests.facet.reporting import house_whole
from tests.facet.reporting.house import publish_house

#: A language that Babel knows; all that is said in it is English between marks.
_CODE: Final = "fr"
_MARKED: Final = re.compile("⟦[^⟦⟧]*⟧")
#: English of others: of the house, of files of Excel, of what Streamlit says itself.
_OF_OTHERS: Final = frozenset(
    {
        *("About", "Buyer", "Close", "Delete", "Next", "Normal", "Open", "Page", "Search"),
        *("Shop", "Show", "Size", "Target", "Type", "Window"),
    }
)
#: The columns of marts that are texts.
_TEXT_COLUMNS: Final = {
    "rpt_quarantine": ("reason", "next_step"),
    "rpt_quarantine_days": ("reason",),
    "rpt_migration_tables": ("purposes",),
}


def _marked(text: str) -> str:
    return f"⟦{text}⟧"


def _translate(path: Path) -> None:
    """Add the language to a file of texts."""
    entries = yaml.safe_load(path.read_text("utf-8"))
    for entry in entries.values():
        entry[_CODE] = _marked(entry["en"])
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree in which somebody has added texts, and nothing else."""
    tree = copy_of_project(tmp_path_factory.mktemp("tree"))
    for path in (tree / "facet" / "reporting" / "screen").rglob("*.yml"):
        _translate(path)
    path = tree / "facet" / "reporting" / "present" / "languages.yml"
    languages = yaml.safe_load(path.read_text("utf-8"))
    units = {
        name: _marked(languages["en"][name]) for name in ("hour", "minute", "second", "points")
    }
    languages[_CODE] = {"name": "Français", "locale": "fr_FR", **units}
    path.write_text(yaml.safe_dump(languages, allow_unicode=True, sort_keys=False), "utf-8")
    return tree


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Release:
    """The house with everything in it; metrics and marts have texts in the language."""
    folder = tmp_path_factory.mktemp("release")
    content = json.loads(semantic_manifest.read_text("utf-8"))
    for metric in content["metrics"]:
        metric["config"]["meta"] |= {
            f"{name}_{_CODE}": _marked(" ".join(metric[name].split()))
            for name in ("label", "description")
        }
    for model in content["semantic_models"]:
        for dimension in model["dimensions"]:
            dimension["config"]["meta"][f"label_{_CODE}"] = _marked(dimension["label"])
    manifest = folder / "semantic_manifest.json"
    manifest.write_text(json.dumps(content), "utf-8")

    def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
        for mart, columns in _TEXT_COLUMNS.items():
            added = ", ".join(f"'⟦' || {name} || '⟧' as {name}_{_CODE}" for name in columns)
            connection.execute(
                f"create or replace table facet_marts.{mart} as"
                f" select *, {added} from facet_marts.{mart}"
            )
        return house_whole.make(connection)

    settings = Settings(home=folder / "home")
    return publish_house(settings, manifest, staff=house_whole.STAFF, more=make)


@pytest.fixture(scope="module")
def sent(tree: Path, release: Release) -> Mapping[str, str]:
    """All that each page sends in the language."""
    pages = [page.name for page in PAGES]
    return sent_in(tree, release, pages=pages, languages=[_CODE])[_CODE]


@pytest.fixture(scope="module")
def english(release: Release) -> frozenset[str]:
    """What is said in English: texts between their gaps, and metrics; no single words of a gap."""
    english = [
        part
        for key, entry in texts().items()
        if not key.startswith("streamlit.")  # named by what Streamlit says
        for part, *_ in Formatter().parse(entry["en"])
    ]
    content: dict[str, Any] = json.loads(release.semantic_manifest.read_text("utf-8"))
    for metric in content["metrics"]:
        english += [metric["label"], " ".join(metric["description"].split())]
    stripped = {text.strip() for text in english}
    return frozenset(t for t in stripped if len(t) > 3 and (t[0].isupper() or " " in t))


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_no_english_is_left_on_a_page(
    sent: Mapping[str, str], english: frozenset[str], page: str
) -> None:
    rest = sent[page]
    for name in ("page.js", "style.css", "touch.css"):
        rest = rest.replace(plain((PROJECT_DIR / "dashboards" / name).read_bytes()), "")
    while _MARKED.search(rest):
        rest = _MARKED.sub(" ", rest)
    left = {text for text in english if re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", rest)}
    assert len(english) > 500
    assert left <= _OF_OTHERS


@pytest.mark.parametrize(
    "text",
    [
        *("⟦Overview⟧", "⟦Sales⟧", "⟦Campaigns⟧"),  # the menu
        *("⟦Net sales⟧", "⟦Orders⟧"),  # tiles
        *("⟦Channels in numbers⟧", "⟦Share⟧", "⟦Total⟧"),  # the list
        "Français",
    ],
)
def test_menu_tiles_and_lists_are_in_the_language(sent: Mapping[str, str], text: str) -> None:
    assert text in sent["overview"]
