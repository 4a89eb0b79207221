"""What each page shows: the metrics and marts that its code names, read without running it.

A name counts where it stands as a text of its own in the page's folder or in its file of
``app_pages``. Of the parts that a page takes, only what it takes of them is read, and only for
marts: a part's metrics are those that its page asks for.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from facet.yaml_file import read_yaml

_PAGES: Final = Path("facet/reporting/screen/pages")
_APP_PAGES: Final = Path("dashboards/app_pages")
_MARTS: Final = Path("models/marts")
_SEMANTIC: Final = Path("models/semantic")
#: What pages are put together from; the frame and the session are every page's.
_PARTS: Final = ("facet.reporting.screen.parts.", "facet.reporting.present.")
#: Of a page's record these are no names of metrics, though they may read so.
_NOT_NAMES: Final = frozenset({"controls", "permissions", "section", "shows"})
#: Who reads this may ask for any metric.
_ALL_METRICS: Final = "view.metrics"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The metrics that a page shows, and the marts that it reads besides."""

    metrics: frozenset[str]
    marts: frozenset[str]


def shown_by_pages(project_dir: Path) -> Mapping[str, Shown]:
    """What each page shows, by the page's name.

    Args:
        project_dir: the project's folder.
    """
    marts = frozenset(path.stem for path in (project_dir / _MARTS).rglob("*.sql"))
    metrics = frozenset(
        metric["name"]
        for path in (project_dir / _SEMANTIC).glob("*.yml")
        for metric in _yaml(path).get("metrics", ())
    )
    modules = _Modules(project_dir)
    shown = {}
    for folder in sorted(path.parent for path in (project_dir / _PAGES).glob("*/__init__.py")):
        files = [*folder.rglob("*.py"), project_dir / _APP_PAGES / f"{folder.name}.py"]
        own = [_Module(path) for path in files if path.exists()]
        named = frozenset[str]().union(*(_texts(module.tree) for module in own))
        of_parts = modules.texts_of({used for module in own for used in module.imported.values()})
        asks_any = any(_ALL_METRICS in ast.unparse(module.tree) for module in own)
        shown[folder.name] = Shown(
            metrics=metrics if asks_any else named & metrics, marts=(named | of_parts) & marts
        )
    return shown


class _Module:
    """A file's definitions and imports, by the names that they have in it."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))

    @cached_property
    def definitions(self) -> Mapping[str, ast.stmt]:
        found: dict[str, ast.stmt] = {}
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
        return found

    @cached_property
    def imported(self) -> Mapping[str, tuple[str, str]]:
        """The module and the name there, by the name here."""
        return {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }


class _Modules:
    """The modules that pages are put together from, each read once."""

    def __init__(self, project_dir: Path) -> None:
        self._project_dir = project_dir
        self._read: dict[str, _Module | None] = {}

    def texts_of(self, names: set[tuple[str, str]]) -> frozenset[str]:
        """The texts of what is named, and of all that this takes in turn."""
        waiting, seen, texts = [*names], set(names), set[str]()
        while waiting:
            for used, found in self._of(*waiting.pop()):
                texts |= found
                new = used - seen
                seen |= new
                waiting += new
        return frozenset(texts)

    def _of(
        self, name_of_module: str, name: str
    ) -> Iterator[tuple[set[tuple[str, str]], frozenset[str]]]:
        module = self._module(name_of_module)
        if module is None or name not in module.definitions:
            whole = self._module(f"{name_of_module}.{name}")  # a module that is taken as such
            if whole is not None:
                yield {(f"{name_of_module}.{name}", one) for one in whole.definitions}, frozenset()
            return
        node = module.definitions[name]
        read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        here = {(name_of_module, one) for one in read & module.definitions.keys()}
        there = {module.imported[one] for one in read & module.imported.keys()}
        yield here | there, _texts(node)

    def _module(self, name: str) -> _Module | None:
        if name not in self._read:
            path = self._project_dir / f"{name.replace('.', '/')}.py"
            is_part = name.startswith(_PARTS) and path.exists()
            self._read[name] = _Module(path) if is_part else None
        return self._read[name]


def _texts(tree: ast.AST) -> frozenset[str]:
    """The texts that are names, but for those of a page's record that are of something else."""
    other = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in _NOT_NAMES
        for inner in ast.walk(node)
    }
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in other
        and re.fullmatch(r"\w+", node.value)
    )


def _yaml(path: Path) -> dict[str, Any]:
    return read_yaml(path) or {}
