"""A new page: its record, texts, script, place in menu and documents, and a test for two shops."""

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

from facet.errors import ConfigurationError
from facet.quoting import literal
from facet.rights import codes
from facet.scaffold.definitions import is_of_orders, metrics
from facet.scaffold.drafts import Draft, changed_once, filled, require_name

_SCREEN: Final = Path("facet/reporting/screen")
_REGISTRY: Final = _SCREEN / "registry.py"
_OPERATIONS: Final = Path("docs/operations.md")
_CODES: Final = Path("facet/rights/codes.py")
_PEOPLE: Final = Path("facet/demo/sql/02_people.sql")
_OPENS: Final = "See the dashboards "
#: What of a sentence stands on a line of `_CODES`: alone, and behind `description=`.
_LINE: Final = 86
_BEHIND: Final = 77
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
    return Draft(
        new={
            folder / "__init__.py": filled("page.py", **gaps),
            folder / "texts.yml": filled("texts.yml", **gaps),
            Path(f"dashboards/app_pages/{name}.py"): filled(f"script{kind}.py", **gaps),
            Path(f"tests/dashboards/test_{name}_page.py"): filled(f"test_page{kind}.py", **gaps),
        },
        changed={
            _REGISTRY: _registry(root, name, after),
            **_documented(root, name, english, permission, shows, after),
        },
        left=(
            f"tests/dashboards/test_{name}_page.py: what must stand there, added up by hand;"
            " it fails until then",
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


def _documented(
    root: Path, name: str, english: str, permission: str, shows: Sequence[str], after: str
) -> dict[Path, str]:
    """Who may open the page: its row, and its name in the three sentences of the permission."""
    document, demo = ((root / path).read_text("utf-8") for path in (_OPERATIONS, _PEOPLE))
    before = re.search(rf"^\| ([^|]+) \| `{after}` \| .*\n", document, re.M)
    if before is None:
        raise ConfigurationError(
            str(_OPERATIONS),
            why=f"It has no row of the page {after}.",
            next_step="Name another page with --after.",
        )
    opens = re.search(rf"'{permission}',\s*('{_OPENS}(?:[^']|'')*')", demo)
    if opens is None:
        raise ConfigurationError(
            f"Permission {permission}",
            why="It opens no page.",
            next_step="Name one that does with --permission; docs/operations.md lists them.",
        )
    row = f"| {english} | `{name}` | `{permission}` | {', '.join(shows)} |\n"
    document = document[: before.end()] + row + document[before.end() :]
    pages = opens[1][1:-1].replace("''", "'").removeprefix(_OPENS)
    sentence = _OPENS + _named_after(pages, before[1], english)
    return {
        _OPERATIONS: re.sub(
            rf"(?<=^\| `{permission}` \| )[^|]+",
            lambda allowed: _named_after(allowed[0], before[1], english),
            document,
            flags=re.M,
        ),
        _PEOPLE: demo[: opens.start(1)] + literal(sentence) + demo[opens.end(1) :],
        _CODES: _with_sentence(root, CONSTANTS[permission], sentence),
    }


def _named_after(pages: str, before: str, page: str) -> str:
    """Pages in words with one more: behind another one, or first where that is none or the last."""
    head, comma, rest = pages.rpartition(f"{before}, ")
    return f"{head}{comma}{page}, {rest}"


def _with_sentence(root: Path, constant: str, sentence: str) -> str:
    """The permissions with the sentence of one, as the formatter leaves it."""
    text = (root / _CODES).read_text("utf-8")
    first, *more = wrap(sentence, _LINE - 1)
    lines = [f"            {line}\n" for line in (f'"{first}"', *(f'" {line}"' for line in more))]
    written = f'"{first}"' if len(sentence) <= _BEHIND else f"(\n{''.join(lines)}        )"
    return re.sub(
        rf"(?<=code={constant},\n        description=).*?(?=,\n        roles=)",
        lambda _: written,
        text,
        count=1,
        flags=re.S,
    )
