"""What the project's YAML says of models and metrics, as far as a new one must know it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from facet.errors import ConfigurationError
from facet.yaml_file import read_yaml

Entry = Mapping[str, Any]


def _entries(root: Path, kind: str, folder: str) -> Iterator[tuple[Path, Entry]]:
    for path in sorted((root / "models" / folder).rglob("*.yml")):
        document = read_yaml(path) or {}
        for entry in document.get(kind, ()):
            yield path.relative_to(root), entry


def column_types(root: Path, model: str) -> Mapping[str, str]:
    """The columns of a mart or an intermediate model, with their types.

    Raises:
        ConfigurationError: there is no such model.
    """
    for folder in ("marts", "intermediate"):
        for path in (root / "models" / folder).rglob(f"{model}.yml"):
            [entry] = read_yaml(path)["models"]
            return {column["name"]: column["data_type"] for column in entry["columns"]}
    raise ConfigurationError(
        f"Model {model}",
        why="No mart or intermediate model is called so: these have contracts to read types from.",
        next_step="Name one of them; what staging has becomes an intermediate model first.",
    )


def metrics(root: Path) -> Mapping[str, Entry]:
    """The metrics by name."""
    return {entry["name"]: entry for _, entry in _entries(root, "metrics", "semantic")}


def is_of_orders(root: Path, metric: str) -> bool:
    """Whether orders can be told by a metric: it is summed over the sales ledger alone.

    Args:
        root: the project's folder.
        metric: the name of one that there is.
    """
    known = metrics(root)
    measures = {
        measure["name"]
        for _, entry in _entries(root, "semantic_models", "semantic")
        if entry["model"] == "ref('fct_sales_ledger')"
        for measure in entry["measures"]
    }

    def is_known(name: str) -> bool:
        of = known[name]["type_params"]
        if parts := of.get("metrics"):
            return all(is_known(part if isinstance(part, str) else part["name"]) for part in parts)
        measure = of["measure"]
        return (measure if isinstance(measure, str) else measure["name"]) in measures

    return is_known(metric)


def require_new_metric(root: Path, name: str) -> None:
    """Fail where there is such a metric.

    Raises:
        ConfigurationError: there is one.
    """
    if name in metrics(root):
        raise ConfigurationError(
            f"Metric {name}",
            why="It is there already. Nothing was written.",
            next_step=f"Read what it is: docs/metrics.md#{name}.",
        )


def semantic_model_of(root: Path, mart: str) -> Path:
    """The file that has the semantic model of a mart.

    Raises:
        ConfigurationError: it has none.
    """
    for path, entry in _entries(root, "semantic_models", "semantic"):
        if entry["model"] == f"ref('{mart}')" and entry.get("measures"):
            return path
    raise ConfigurationError(
        f"Mart {mart}",
        why="No semantic model has measures of it.",
        next_step="Write one under models/semantic/; `facet new mart` does so for a new mart.",
    )
