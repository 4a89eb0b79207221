"""The project as its files say it, and the rules that they are held to.

A rule looks at files alone, without dbt: it takes two seconds for all of them, so that it can be
asked before each commit (``python -m tests.conventions``), and of what `facet new` wrote.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from facet.yaml_file import read_yaml

Entry = dict[str, Any]

#: A file and what is wrong in it.
Found = Iterator[tuple[Path, str]]

LAYERS: Final = ("staging", "intermediate", "marts")


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model beyond staging: its SQL, its entry in the YAML beside it and its unit tests."""

    layer: str
    path: Path  # of the YAML, from the project's folder
    sql: str
    entry: Entry
    unit_tests: list[Entry]

    @property
    def name(self) -> str:
        """Its name, by which others read it."""
        return str(self.entry["name"])

    @property
    def columns(self) -> dict[str, Entry]:
        """Its columns in their order."""
        return {column["name"]: column for column in self.entry.get("columns", ())}

    @property
    def meta(self) -> Entry:
        """What its configuration says for Facet."""
        meta: Entry = self.entry.get("config", {}).get("meta", {})
        return meta

    def tests(self, name: str) -> list[Entry]:
        """The arguments of its generic tests of a name."""
        given = (test[name] for test in self.entry.get("data_tests", ()) if name in test)
        return [test["arguments"] for test in given]

    @property
    def key(self) -> list[str]:
        """The columns of its grain; none where it tests none."""
        return next((list(of["columns"]) for of in self.tests("grain")), [])


@dataclass(kw_only=True)
class Project:
    """Files of a checkout: YAML as read, all else as text; paths are from its folder."""

    yaml: dict[Path, Entry]
    text: dict[Path, str]

    @cached_property
    def models(self) -> list[Model]:
        """The models beyond staging."""
        unit_tests: dict[str, list[Entry]] = {}
        for _, test in self.entries("unit_tests"):
            unit_tests.setdefault(test["model"], []).append(test)
        return [
            Model(
                layer=path.parts[1],
                path=path,
                sql=self.text.get(path.with_name(f"{entry['name']}.sql"), ""),
                entry=entry,
                unit_tests=unit_tests.get(entry["name"], []),
            )
            for path, entry in self.entries("models")
            if path.parts[1] in LAYERS[1:]
        ]

    @property
    def marts(self) -> list[Model]:
        """The models that metrics and pages read."""
        return [model for model in self.models if model.layer == "marts"]

    def copy(self) -> "Project":
        """One to break: its files can be replaced, and documents after `own`."""
        return Project(yaml=dict(self.yaml), text=dict(self.text))

    def own(self, path: Path) -> Entry:
        """A file's document, to be changed in this project alone."""
        self.yaml[path] = deepcopy(self.yaml[path])
        return self.yaml[path]

    def entries(self, kind: str) -> Iterator[tuple[Path, Entry]]:
        """Entries of the YAML under models/, of a kind such as metrics, each with its file."""
        for path, document in self.yaml.items():
            if path.parts[0] == "models":
                for entry in document.get(kind, ()):
                    yield path, entry

    def tables(self) -> Iterator[tuple[Path, str, Entry]]:
        """Operational tables that sources declare: file, domain and entry."""
        for path, source in self.entries("sources"):
            if path.name.endswith("__sources.yml"):
                for table in source.get("tables", ()):
                    yield path, source["name"], table

    @property
    def pages(self) -> list[str]:
        """The names of the folders of pages."""
        return sorted({path.parts[4] for path in self.text if path.match(f"{PAGES}/*/__init__.py")})


PAGES: Final = Path("facet/reporting/screen/pages")
_YAML: Final = ("models/**/*.yml", f"{PAGES}/**/*.yml", "dbt_project.yml")
_TEXT: Final = (
    *("models/**/*.sql", "tests/dbt/*.sql", "facet/**/*.py", "facet/release/macros/*.sql"),
    *("dashboards/app_pages/*.py", "tests/dashboards/test_*.py", "seeds/operational_tables.csv"),
)


def read(root: Path) -> Project:
    """Read what rules look at of a checkout."""

    def files(patterns: Iterable[str]) -> list[Path]:
        return sorted(path for pattern in patterns for path in root.glob(pattern))

    return Project(
        yaml={path.relative_to(root): read_yaml(path) or {} for path in files(_YAML)},
        text={path.relative_to(root): path.read_text("utf-8") for path in files(_TEXT)},
    )


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A convention: what holds, what to do where it does not, and a violation to try it by.

    `find` tells where a project breaks it. `plant` breaks it in a project and returns the file
    that must be named then.
    """

    name: str
    remedy: str
    find: Callable[[Project], Found]
    plant: Callable[[Project], Path]

    def breaches(self, project: Project) -> list[str]:
        """A sentence for each place that breaks it: file, what is wrong, rule and remedy."""
        return [
            f"{path}: {what}. {self.name}. → {self.remedy}" for path, what in self.find(project)
        ]


def plain_sql(sql: str) -> str:
    """SQL without comments and texts; what Jinja fills in is one word."""
    without = re.sub(r"\{#.*?#\}|--[^\n]*", " ", sql, flags=re.S)
    filled = re.sub(
        r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "jinja", without, flags=re.S), flags=re.S
    )
    return re.sub(r"'[^'\n]*'", "''", filled)
