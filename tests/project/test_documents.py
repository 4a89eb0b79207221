"""The documents say what the code says."""

import re
from pathlib import Path

import pytest
import yaml

from facet import config, errors
from facet.pipeline import status
from facet.reporting import documentation
from facet.reporting.present.texts import texts
from facet.reporting.screen.registry import PAGES

_ROOT = Path(__file__).parents[2]


def _rows(text: str) -> dict[str, str]:
    """First cell → second cell of every table row, without backticks."""
    cells = re.findall(
        r"^\|? *`?([A-Z0-9][A-Z_0-9]*)`? +\|? *(.*?)(?:  +| *\|)", text, re.MULTILINE
    )
    return {first: second.replace("`", "").strip() for first, second in cells}


def test_operations_lists_every_setting_with_its_default() -> None:
    documented = _rows((_ROOT / "docs" / "operations.md").read_text())
    settings = set(re.findall(r"FACET_[A-Z_]+", config.__doc__ or ""))
    read = set(re.findall(r'"(FACET_[A-Z_]+)"', Path(config.__file__).read_text()))
    assert settings == read == {name for name in documented if name.startswith("FACET_")}
    defaults = config.Settings.from_environment({})
    assert documented["FACET_PORT"] == str(defaults.port)
    assert documented["FACET_RELEASES_KEPT"] == str(defaults.releases_kept)
    assert documented["FACET_MEMORY_LIMIT"] == defaults.memory_limit


def test_operations_lists_every_exit_code() -> None:
    classes = [status.AttentionError, *vars(errors).values()]
    raised = {kind.exit_code for kind in classes if getattr(kind, "exit_code", None)}
    described = re.findall(r"^(\d+) +\w", errors.__doc__ or "", re.MULTILINE)
    documented = [
        name for name in _rows((_ROOT / "docs/operations.md").read_text()) if name.isdecimal()
    ]
    assert documented == described
    assert raised == set(map(int, described)) - {0, 2}  # nothing to say, and typer's own


def test_operations_lists_every_page_with_what_it_takes_and_shows() -> None:
    text = (_ROOT / "docs" / "operations.md").read_text()
    for page in PAGES:
        takes = " or ".join(f"`{code}`" for code in page.own_permissions) or "any of these"
        title = texts()[f"page.{page.name}"]["en"]
        assert f"| {title} | `{page.name}` | {takes} | {', '.join(page.shows)} |\n" in text


def test_the_page_of_metrics_is_current() -> None:
    assert not documentation.drifted(_ROOT)


def test_metrics_name_the_oracle_that_they_are_held_against() -> None:
    sections = (_ROOT / documentation.PAGE).read_text().split("\n## ")[1:]
    by_metric = {section.partition("\n")[0]: section for section in sections}
    assert (
        "test_campaign_sales.py` against\n`tests/oracle/campaign_sales.sql`"
        in (by_metric["campaign_net_sales"])
    )
    assert "test_replies.py` against\n`tests/oracle/staff_sales.sql`" in by_metric["questions"]
    assert (
        "Its rows are tested by `tests/project/test_customer_figures.py` against\n"
        "`tests/oracle/customers.sql`" in by_metric["leads_created"]
    )
    without = {name for name, section in by_metric.items() if "Tested by the unit tests" in section}
    assert without == {
        *("attempts", "leads_contacted", "leads_qualified"),
        *("refund_rate", "returns_of_orders"),  # held against `returns` in test_fulfilment.py
    }


_PAGES = sorted([*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")])


def _headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)


def _anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for path, fragment in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text()):
        target = page.parent / path if path else page
        assert target.exists(), f"{page.name} links to {path}"
        if fragment:
            anchors = [_anchor(heading) for heading in _headings(target)]
            assert fragment in anchors, f"{page.name} links to {path}#{fragment}"


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_files_and_models_that_are_named_are_there(page: Path) -> None:
    code = re.findall(
        r"`([^`\s]+)`", re.sub(r"^```.*?^```", "", page.read_text(), flags=re.S | re.M)
    )
    folders = "benchmarks|dashboards|docs|facet|findings|macros|models|seeds|snapshots|tests"
    paths = [name for name in code if re.fullmatch(rf"(?:{folders})/[\w./-]+", name)]
    made = "margins"  # the page that the recipe in CONTRIBUTING makes
    missing = [path for path in paths if not (_ROOT / path).exists() and made not in path]
    models = {path.stem for path in (_ROOT / "models").rglob("*.sql")}
    named = {name for name in code if re.fullmatch(r"(?:stg|int|fct|dim|rpt)_\w+", name)}
    assert (missing, named - models) == ([], set())


def _pointers() -> dict[str, list[str]]:
    """What follows "definitions.md, " in comments, by file."""
    files = [
        path
        for folder in ("macros", "models", "seeds", "snapshots", "tests", "facet", "dashboards")
        for path in (_ROOT / folder).rglob("*")
        if path.suffix in {".sql", ".yml", ".py"} and path != Path(__file__)
    ]
    texts = {str(path.relative_to(_ROOT)): path.read_text(encoding="utf-8") for path in files}
    return {
        name: re.findall(r"definitions\.md, (.{1,60})", re.sub(r"\s*\n\s*(-- |# )?", " ", text))
        for name, text in texts.items()
        if "definitions.md" in text
    }


def test_comments_point_to_definitions_that_there_are() -> None:
    headings = _headings(_ROOT / "docs" / "definitions.md")
    one = re.compile(rf"(?:{'|'.join(map(re.escape, headings))})[.,;:)]")
    pointers = _pointers()
    assert sum(map(len, pointers.values())) >= 40
    nowhere = [
        (n, pointer) for n, all_ in pointers.items() for pointer in all_ if not one.match(pointer)
    ]
    assert nowhere == []


def test_definitions_have_each_heading_once() -> None:
    headings = _headings(_ROOT / "docs" / "definitions.md")
    assert len(set(headings)) == len(headings)


def test_the_readme_is_short() -> None:
    assert len((_ROOT / "README.md").read_text().splitlines()) < 150


def test_every_public_macro_is_described_with_its_arguments() -> None:
    found = {
        name: [argument.split("=")[0].strip() for argument in arguments.split(",") if argument]
        for path in (_ROOT / "macros").rglob("*.sql")
        for name, arguments in re.findall(
            r"^\{% macro (\w+)\(([^)]*)\)", path.read_text(), re.MULTILINE
        )
        if "__" not in name
    }
    described = {
        macro["name"]: [argument["name"] for argument in macro.get("arguments", [])]
        for macro in yaml.safe_load((_ROOT / "macros" / "_macros.yml").read_text())["macros"]
    }
    assert described == found
