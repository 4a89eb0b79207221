"""A new page: its record, texts, script, place in menu and documents, and a test for two shops."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from facet.errors import ConfigurationError
from facet.rights import codes
from facet.scaffold.definitions import is_of_orders, metrics
from facet.scaffold.drafts import Draft, changed_once, filled, require_name

_SCREEN: Final = Path("facet/reporting/screen")
_REGISTRY: Final = _SCREEN / "registry.py"
_OPERATIONS: Final = Path("docs/operations.md")
#: What is left of a page whose metrics are not all of the ledger.
_OF_MART: Final = (
    "rows of its marts in the tests' house, and below the trend what people look for, from a"
    " data.py of the page (CONTRIBUTING, A new page): its metrics are of no orders to be listed"
)
#: The constants of facet/rights/codes.py by their codes.
CONSTANTS: Final = {
    value: name for name, value in vars(codes).items() if isinstance(value, str) and "." in value
}


def draft_page(
    root: Path,
    name: str,
    *,
    shown: Sequence[str],
    section: str,
    icon: str,
    permission: str,
    after: str,
    english: str,
    vietnamese: str,
    about_english: str,
    about_vietnamese: str,
) -> Draft:
    """Draft a page of tiles, a trend, orders and a table of metrics, the first of them drawn.

    Metrics of other marts than the ledger's have neither orders nor the ledger's channels: such a
    page has tiles and a trend.

    Args:
        root: the project's folder.
        name: in the address, and of its files.
        shown: metrics of its tiles.
        section: of the menu.
        icon: a name among Material Symbols.
        permission: the code that opens it.
        after: the page that it follows in the menu.
        english: what it is called.
        vietnamese: the same in Vietnamese.
        about_english: what it is, a sentence.
        about_vietnamese: the same in Vietnamese.

    Raises:
        ConfigurationError: there is such a page, or no such metric, permission or page before it.
    """
    require_name(name, "Page")
    known = metrics(root)
    if unknown := [metric for metric in shown if metric not in known]:
        raise ConfigurationError(
            f"Metric {unknown[0]}",
            why="There is none of this name.",
            next_step="List them: facet metrics list.",
        )
    if permission not in CONSTANTS:
        raise ConfigurationError(
            f"Permission {permission}",
            why="There is none of this name.",
            next_step=f"Name one of {', '.join(CONSTANTS)}.",
        )
    of_orders = all(is_of_orders(root, metric) for metric in shown)
    shows = ("sales", "orders") if of_orders else ("sales",)
    gaps = {
        "name": name,
        "imported": "EVERYTHING_BUT_MEASURE, Page" if of_orders else "Page",
        "shows": ", ".join(f'"{subject}"' for subject in shows) + ("" if of_orders else ","),
        "controls": "EVERYTHING_BUT_MEASURE" if of_orders else '("period", "compare")',
        "section": section,
        "icon": icon,
        "permission": CONSTANTS[permission],
        "tiles": ", ".join(f'"{metric}"' for metric in shown) + ("," if len(shown) == 1 else ""),
        "measure": shown[0],
        "measure_en": known[shown[0]]["label"],
        "measure_vi": known[shown[0]]["config"]["meta"]["label_vi"],
        "english": english,
        "vietnamese": vietnamese,
        "about_english": about_english,
        "about_vietnamese": about_vietnamese,
    }
    folder = _SCREEN / "pages" / name
    kind = "" if of_orders else "_of_mart"
    row = f"| {english} | `{name}` | `{permission}` | {', '.join(shows)} |\n"
    return Draft(
        new={
            folder / "__init__.py": filled("page.py", **gaps),
            folder / "texts.yml": filled("texts.yml", **gaps),
            Path(f"dashboards/app_pages/{name}.py"): filled(f"script{kind}.py", **gaps),
            Path(f"tests/dashboards/test_{name}_page.py"): filled(f"test_page{kind}.py", **gaps),
        },
        changed={
            _REGISTRY: _registry(root, name, after),
            _OPERATIONS: _with_row(root, after, row),
        },
        left=(
            f"tests/dashboards/test_{name}_page.py: what must stand there, added up by hand;"
            " it fails until then",
            f"facet/rights/codes.py, facet/demo/sql/02_people.sql and {_OPERATIONS}: its name in"
            f" the sentence of {permission}",
            "tests/dashboards/test_who_sees_what.py: a line per kind of reader in THERE",
            *(() if of_orders else (_OF_MART,)),
        ),
    )


def _registry(root: Path, name: str, after: str) -> str:
    """The registry with the page after another one; its imports stay sorted."""
    text = (root / _REGISTRY).read_text("utf-8")
    head = "from facet.reporting.screen.pages."
    imports = re.findall(rf"^{re.escape(head)}\w+ import PAGE as \w+\n", text, re.M)
    own = f"{head}{name} import PAGE as {name.upper()}\n"
    text = text.replace("".join(imports), "".join(sorted([*imports, own])))
    listed = f"    {after.upper()},\n"
    return changed_once(_REGISTRY, text, listed, f"{listed}    {name.upper()},\n")


def _with_row(root: Path, after: str, row: str) -> str:
    """The document of operations with the page's row after that of another page."""
    text = (root / _OPERATIONS).read_text("utf-8")
    found = re.search(rf"^\| [^|]+ \| `{after}` \| .*\n", text, re.M)
    if found is None:
        raise ConfigurationError(
            str(_OPERATIONS),
            why=f"It has no row of the page {after}.",
            next_step="Name another page with --after.",
        )
    return text[: found.end()] + row + text[found.end() :]
