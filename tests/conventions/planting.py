"""Violations planted in models, in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conventions.project import Project


def _path_of(project: Project, name: str) -> Path:
    return next(path for path, entry in project.entries("models") if entry["name"] == name)


def change(name: str, /, **changes: Any) -> Callable[[Project], Path]:
    """Plant other words in a model's entry."""

    def plant(project: Project) -> Path:
        path = _path_of(project, name)
        project.own(path)["models"][0].update(changes)
        return path

    return plant


def add_column(name: str, column: str, data_type: str) -> Callable[[Project], Path]:
    """Plant a column in a model's entry."""

    def plant(project: Project) -> Path:
        path = _path_of(project, name)
        columns = project.own(path)["models"][0]["columns"]
        columns.append({"name": column, "data_type": data_type})
        return path

    return plant


def add_sql(name: str, sql: str) -> Callable[[Project], Path]:
    """Plant SQL at the end of a model."""

    def plant(project: Project) -> Path:
        path = _path_of(project, name).with_suffix(".sql")
        project.text[path] += sql
        return path

    return plant


def change_unit_test(name: str, /, **changes: Any) -> Callable[[Project], Path]:
    """Plant other words in a model's first unit test."""

    def plant(project: Project) -> Path:
        path = _path_of(project, name)
        project.own(path)["unit_tests"][0].update(changes)
        return path

    return plant


def orphan(project: Project) -> Path:
    """Plant a mart that nobody reads or tests."""
    path = Path("models/marts/sales/rpt_of_nobody.yml")
    project.yaml[path] = {"models": [{"name": "rpt_of_nobody", "columns": []}]}
    return path
