"""The marts of a dbt project, as its manifest describes them."""

from collections.abc import Mapping
from typing import Any

from facet.release import Mart, Privacy, Reference


def marts_of(manifest: Any) -> tuple[Mart, ...]:
    """The tables under models/marts, by name, of a dbt manifest.

    Sorted as their ``config.meta.sort_key`` says, else by the columns of their grain test. Whose
    rows they have is in ``config.meta.people``; columns tagged ``personal`` are personal data.
    Columns tagged ``per_run``, and all of a model that is, differ from run to run by themselves.
    References are those of their test ``within_tenant``.
    """
    nodes = sorted(manifest.nodes.values(), key=lambda node: str(node.name))
    grains, references = _arguments(manifest, "grain"), _arguments(manifest, "within_tenant")
    return tuple(
        Mart(
            name=node.alias,
            schema=node.schema,
            sort_key=tuple(node.config.meta.get("sort_key") or _grain(grains, node.unique_id)),
            grain=_grain(grains, node.unique_id),
            nullable=frozenset(grains.get(node.unique_id, {}).get("nullable", ())),
            references=tuple(
                Reference(one["column"], one["to"], one["field"])
                for one in references.get(node.unique_id, {}).get("references", ())
            ),
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
    grains = _arguments(manifest, "grain")
    return {manifest.nodes[of].alias: _grain(grains, of) for of in grains}


def _grain(grains: Mapping[str, Any], of: str) -> tuple[str, ...]:
    return tuple(grains.get(of, {}).get("columns", ()))


def _arguments(manifest: Any, test: str) -> Mapping[str, Any]:
    """What a generic test is given, by the node that it is of."""
    return {
        node.attached_node: node.test_metadata.kwargs
        for node in manifest.nodes.values()
        if getattr(node, "test_metadata", None) and node.test_metadata.name == test
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
