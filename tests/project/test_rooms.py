"""A lower room never knows a higher one, and a page knows ``facet.reporting`` alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[2]

#: For each room, the rooms it may know. A room's ``commands.py`` puts rooms together and is free.
MAY_KNOW: dict[str, set[str]] = {
    "operational": set(),
    "demo": {"operational"},
    "grants": {"operational"},
    "staging": {"operational"},
    "sync": {"operational", "staging"},
    "release": {"operational", "sync"},
    "rights": {"operational", "release"},
    "pipeline": {"operational", "staging", "sync", "release", "rights"},
    "reporting": {"release", "rights"},
}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_a_lower_room_never_knows_a_higher_one() -> None:
    found = [
        f"{path.relative_to(_ROOT)} imports {name}"
        for room, known in MAY_KNOW.items()
        for path in (_ROOT / "facet" / room).glob("*.py")
        if path.name != "commands.py"
        for name in _imports(path)
        if name.startswith("facet.")
        and name.split(".")[1] not in {room, "config", "errors", "lock", *known}
    ]
    assert found == []


def test_every_room_is_ruled() -> None:
    rooms = {path.parent.name for path in (_ROOT / "facet").glob("*/__init__.py")}
    assert rooms == MAY_KNOW.keys()


def test_pages_know_only_the_reporting_room() -> None:
    pages = [*(_ROOT / "dashboards").rglob("*.py")]
    assert pages
    found = [
        f"{path.relative_to(_ROOT)} imports {name}"
        for path in pages
        for name in _imports(path)
        if name.split(".")[0] in {"duckdb", "psycopg", "metricflow", "dbt", "pandas"}
        or (
            name.startswith("facet.")
            and name.split(".")[1] not in {"reporting", "config", "errors"}
        )
    ]
    assert found == []
