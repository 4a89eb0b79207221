"""What of marts is shown to whoever may see neither names nor anybody's performance.

The same that a tenant's file hides from such a person (``facet.release.Privacy``), by the marts'
YAML: who may see some people only is not told apart in a database, so that here it is everybody's.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from facet.yaml_file import read_yaml

#: The columns of each mart that are shown; of one that it lacks, nothing is.
Shown = Mapping[str, Sequence[str]]
NOTHING_SHOWN: Final[Shown] = {}


def shown_without_people(project_dir: Path) -> Shown:
    """The columns of each mart that are shown without people, by the project's YAML.

    A mart whose rows are somebody's performance is not shown; of others the columns that name
    people, customers or staff, or are personal are not.
    """
    models = [
        model
        for path in sorted((project_dir / "models" / "marts").rglob("*.yml"))
        for model in (read_yaml(path) or {}).get("models", ())
    ]
    return {model["name"]: _columns(model) for model in models}


def _columns(model: Mapping[str, Any]) -> Sequence[str]:
    config = model.get("config") or {}
    people = (config.get("meta") or {}).get("people") or {}
    if people.get("rows_of") or "personal" in config.get("tags", ()):
        return ()
    hidden = {*people.get("hides", ()), *people.get("names", {})}
    return [
        column["name"]
        for column in model["columns"]
        if column["name"] not in hidden and "personal" not in column.get("tags", ())
    ]
