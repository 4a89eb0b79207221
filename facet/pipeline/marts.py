"""The marts of a dbt project, as its manifest describes them."""

from collections.abc import Mapping
from typing import Any

from facet.release import Mart, Privacy


def marts_of(manifest: Any) -> tuple[Mart, ...]:
    """The tables under models/marts, by name, of a dbt manifest.

    Sorted as their ``config.meta.sort_key`` says, else by the columns of their grain test. Whose
    rows they have is in ``config.meta.people``; columns tagged ``personal`` are personal data.
    Columns tagged ``per_run``, and all of a model that is, differ from run to run by themselves.
    """
    nodes = sorted(manifest.nodes.values(), key=lambda node: str(node.name))
    grains = _grains(manifest)
    return tuple(
        Mart(
            name=node.alias,
            schema=node.schema,
            sort_key=tuple(node.config.meta.get("sort_key") or grains.get(node.unique_id, ())),
            privacy=_privacy(node),
            per_run=frozenset(_tagged(node, "per_run")),
        )
        for node in nodes
        if node.resource_type == "model"
        and "marts" in node.fqn[:-1]
        and node.config.materialized in ("table", "incremental")
    )


def grains_of(manifest: Any) -> Mapping[str, tuple[str, ...]]:
    """The columns of each table's grain test, by its name; what has no such test is left out."""
    return {manifest.nodes[of].alias: columns for of, columns in _grains(manifest).items()}


def _grains(manifest: Any) -> Mapping[str, tuple[str, ...]]:
    return {
        node.attached_node: tuple(node.test_metadata.kwargs["columns"])
        for node in manifest.nodes.values()
        if getattr(node, "test_metadata", None) and node.test_metadata.name == "grain"
    }


def _privacy(node: Any) -> Privacy:
    """Whose rows a model has and which columns are personal data, by its YAML."""
    people = node.config.meta.get("people") or {}
    return Privacy(
        rows_of=tuple(people.get("rows_of", ())),
        hides=tuple(people.get("hides", ())),
        names=tuple((people.get("names") or {}).items()),
        personal=_tagged(node, "personal"),
    )


def _tagged(node: Any, tag: str) -> tuple[str, ...]:
    """The columns of a model that have a tag; all of them where the model has it."""
    return tuple(
        name for name, column in node.columns.items() if tag in (*column.tags, *node.config.tags)
    )
