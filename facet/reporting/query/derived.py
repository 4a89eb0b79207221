"""Derived metrics, computed over one query of what they are derived from.

MetricFlow reads a mart once more for each metric that a derived one rests on, and again for each
other that rests on the same. Asked for the latter alone it reads what they share once; rates,
averages and differences are worked out over its result, by the expressions of their definitions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facet.quoting import quoted


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A metric's expression, and the metrics that it speaks of."""

    expression: str
    inputs: tuple[str, ...]


def derived_metrics(content: Mapping[str, Any]) -> Mapping[str, Derived]:
    """The derived metrics of a semantic manifest that rest on others as these stand.

    What is filtered, renamed or of another time in one of them is left to MetricFlow.
    """
    found = {}
    for entry in content["metrics"]:
        inputs = entry["type_params"]["metrics"] or ()
        are_plain = all(
            value is None for each in inputs for key, value in each.items() if key != "name"
        )
        if entry["type"] == "derived" and are_plain and not entry.get("filter"):
            found[entry["name"]] = Derived(
                expression=entry["type_params"]["expr"],
                inputs=tuple(each["name"] for each in inputs),
            )
    return found


def bases_of(names: Iterable[str], derived: Mapping[str, Derived]) -> tuple[str, ...]:
    """What MetricFlow is asked for so that these metrics can be told: none twice."""
    found: dict[str, None] = {}
    for name in names:
        inner = bases_of(derived[name].inputs, derived) if name in derived else (name,)
        found |= dict.fromkeys(inner)
    return tuple(found)


def derive(
    statement: str,
    names: Sequence[str],
    derived: Mapping[str, Derived],
    *,
    by: Sequence[str],
    order_by: Sequence[str],
    limit: int | None,
) -> str:
    """A statement that tells metrics, over one that tells their bases.

    Where there is no row of anything that a metric rests on, it is null, as MetricFlow has it: not
    what its expression makes of nulls.
    """
    for layer in _layers(names, derived):
        columns = [
            f"{_expression(derived[name], has_parts=bool(by))} as {quoted(name)}" for name in layer
        ]
        statement = f"select *, {', '.join(columns)}\nfrom (\n{statement}\n) as metrics"
    told = ", ".join(map(quoted, (*by, *names)))
    statement = f"select {told}\nfrom (\n{statement}\n) as metrics"
    if order_by:
        ends = [
            f"{quoted(name.removeprefix('-'))}{' desc' if name.startswith('-') else ''}"
            for name in order_by
        ]
        statement += f"\norder by {', '.join(ends)}"
    return statement if limit is None else f"{statement}\nlimit {limit}"


def _layers(names: Iterable[str], derived: Mapping[str, Derived]) -> list[list[str]]:
    """Derived metrics, each after those that it rests on."""
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in derived:
            return 0
        if name not in depths:
            depths[name] = 1 + max(map(depth, derived[name].inputs))
        return depths[name]

    deepest = max(map(depth, names), default=0)
    return [[name for name, of in depths.items() if of == layer] for layer in range(1, deepest + 1)]


def _expression(metric: Derived, *, has_parts: bool) -> str:
    if not has_parts:  # a result without parts is one row of everything
        return f"({metric.expression})"
    is_there = " or ".join(f"{quoted(name)} is not null" for name in metric.inputs)
    return f"case when {is_there} then {metric.expression} end"
