"""Every table that dbt builds, row for row: what two builds of the same database have in common."""

import json
from typing import Any

from facet.config import Settings
from facet.pipeline.profile import target_path
from facet.pipeline.warehouse import writing


def built_tables(home: Settings, url: str) -> dict[str, list[Any]]:
    """The rows of every table that is built, in order; not of what is measured once a day."""
    measured = _measured(json.loads((target_path(home) / "manifest.json").read_text())["nodes"])
    with writing(home, url) as execute:
        names = execute(
            "select table_schema, table_name from information_schema.tables where table_schema in"
            " ('facet_intermediate', 'facet_marts') and table_type = 'BASE TABLE'"
        )
        return {
            str(name): sorted(map(str, execute(f"select * from {schema}.{name}")))
            for schema, name in names
            if name not in measured
        }


def _measured(nodes: dict[str, Any]) -> set[str]:
    """Models that read, through others too, what is known of the database and of runs."""
    found = {
        name
        for name, node in nodes.items()
        if any(
            of.startswith("source.facet.facet_source.") and not of.endswith(".snapshot")
            for of in node["depends_on"].get("nodes", ())
        )
    }
    while (
        more := {
            name for name, node in nodes.items() if found & set(node["depends_on"].get("nodes", ()))
        }
        - found
    ):
        found |= more
    return {nodes[name]["name"] for name in found}
