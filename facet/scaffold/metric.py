"""A new metric: definition in two languages, and the oracle that it is held against."""

from pathlib import Path

import yaml

from facet.errors import ConfigurationError
from facet.scaffold.definitions import (
    column_types,
    metrics,
    require_new_metric,
    semantic_model_of,
)
from facet.scaffold.drafts import Draft, filled, require_name


def draft_sum(
    root: Path, name: str, *, mart: str, column: str | None, english: str, vietnamese: str
) -> Draft:
    """Draft a metric that adds up a column of a mart, or without one counts its rows.

    Raises:
        ConfigurationError: there is such a metric, or no such mart or column.
    """
    require_name(name, "Metric")
    require_new_metric(root, name)
    types = column_types(root, mart)
    if column is not None and not types.get(column, "").startswith(("numeric", "int", "bigint")):
        numbers = [of for of, kind in types.items() if kind.startswith(("numeric", "int", "big"))]
        raise ConfigurationError(
            f"{mart}.{column}",
            why="It has no such column that can be added up.",
            next_step=f"Its numbers are: {', '.join(numbers)}.",
        )
    path = semantic_model_of(root, mart)
    measure = f"{name}_{'sum' if column else 'count'}"
    expression = column or '"1"'
    text = (root / path).read_text("utf-8")
    head = f"    model: ref('{mart}')\n"
    before, found, model = text.partition(head)
    own, measures, rest = model.partition("    measures:\n")
    added = f"      - name: {measure}\n        agg: sum\n        expr: {expression}\n"
    text = before + found + own + measures + added + rest
    form = "count" if column is None else "money" if column.endswith("amount") else "decimal"
    entry = filled(
        "metric_simple.yml",
        name=name, measure=measure, form=form, english=english, vietnamese=vietnamese,
    )  # fmt: skip
    return _draft(root, name, path, text, entry, english)


def draft_ratio(
    root: Path, name: str, *, part: str, whole: str, english: str, vietnamese: str
) -> Draft:
    """Draft a metric that divides one by another, exactly; nothing divided by 0 is unknown.

    Raises:
        ConfigurationError: there is such a metric, or one of the two is none.
    """
    require_name(name, "Metric")
    require_new_metric(root, name)
    known = metrics(root)
    if unknown := [metric for metric in (part, whole) if metric not in known]:
        raise ConfigurationError(
            f"Metric {unknown[0]}",
            why="There is none of this name.",
            next_step="List them: facet metrics list.",
        )
    entry = filled(
        "metric_ratio.yml",
        name=name, part=part, whole=whole, english=english, vietnamese=vietnamese,
    )  # fmt: skip
    path = next(
        path.relative_to(root)
        for path in sorted((root / "models/semantic").glob("*.yml"))
        if f"  - name: {part}\n" in path.read_text("utf-8")
    )
    return _draft(root, name, path, (root / path).read_text("utf-8"), entry, english)


def _draft(root: Path, name: str, path: Path, text: str, entry: str, english: str) -> Draft:
    """A metric at the end of a file whose metrics come last, else in a file of its own."""
    changed, new = {}, oracle_files(name, english)
    if list(yaml.load(text, yaml.CSafeLoader))[-1] == "metrics":
        changed[path] = text.rstrip("\n") + "\n" + entry
    else:
        new[Path(f"models/semantic/{name}.yml")] = f"version: 2\n\nmetrics:\n{entry}"
        if text != (root / path).read_text("utf-8"):
            changed[path] = text
    return Draft(
        new=new,
        changed=changed,
        left=(
            "docs/definitions.md: what it is, in the words of the field",
            "models/semantic/: description and description_vi, and what pages know of it under"
            " config.meta (CONTRIBUTING, A new number)",
            f"tests/oracle/{name}.sql: what must come out; its test fails until it says so",
        ),
    )


def oracle_files(metric: str, english: str) -> dict[Path, str]:
    """An oracle of a metric that is still to be written, and the test that says so."""
    return {
        Path(f"tests/oracle/{metric}.sql"): filled("oracle.sql", metric=metric, english=english),
        Path(f"tests/project/test_{metric}.py"): filled(
            "test_oracle.py", metric=metric, english=english
        ),
    }
