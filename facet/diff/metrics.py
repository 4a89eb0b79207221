"""Metrics by month before and after: asked as pages ask them, of a tenant as served and as built.

Only those are asked that may differ: a mart that they read does, or their definition is another one. Many
metrics of the same marts are one statement.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from facet.diff.report import Figure, MartDifference, MetricDifference
from facet.diff.sides import Sides
from facet.quoting import literal, quoted
from facet.release.tenant_files import MARTS_SCHEMA, functions
from facet.reporting.query.catalogue import Catalogue
from facet.reporting.query.tenant_file import DATABASE

_MONTH: Final = "metric_time__month"
#: So many metrics are asked in one statement, and so many months of each are told.
_BATCH: Final = 40
_MONTHS: Final = 3
#: Parts of a semantic manifest that change no value.
_WORDS: Final = frozenset({"description", "label", "metadata", "config"})


def compare_metrics(
    sides: Sides, before: str, after: str, marts: Sequence[MartDifference]
) -> tuple[MetricDifference, ...]:
    """The metrics on both sides whose values of a month differ.

    Args:
        sides: both sides.
        before: the semantic manifest of the release.
        after: that of the project, its relations named as in a tenant's file.
        marts: what differs between marts.
    """
    was, now = json.loads(before), json.loads(after)
    redefined = _redefined(was, now)
    catalogue = Catalogue(after)
    earlier = catalogue if not redefined else Catalogue(before)
    connection = sides.connection
    connection.execute(f"attach ':memory:' as {DATABASE}")
    connection.execute(f"create schema {DATABASE}.{MARTS_SCHEMA}")
    connection.execute(
        "create or replace temp table metric_values"
        " (side text, tenant_id bigint, metric text, choice text, month text, value text)"
    )
    for tenant_id in sides.tenant_ids:
        changed = {
            of.mart
            for of in marts
            if of.retyped or any(tenant.tenant_id == tenant_id for tenant in of.tenants)
        }
        asked = [
            name
            for name in catalogue.metrics
            if name in earlier.metrics
            and (name in redefined or changed.intersection(catalogue.sources[name].marts))
        ]
        _ask(sides, "before", tenant_id, earlier, asked)
        _ask(sides, "after", tenant_id, catalogue, asked)
    return _differences(sides)


def _redefined(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The metrics whose value may be another one by their definition."""
    was, now = _definitions(before), _definitions(after)
    return {name for name, definition in now.items() if name in was and was[name] != definition}


def _definitions(content: Mapping[str, Any]) -> dict[str, str]:
    """All that decides the value of each metric: its own definition, and those it is made of."""
    entries = {entry["name"]: entry for entry in content["metrics"]}
    models = {
        measure["name"]: model for model in content["semantic_models"] for measure in model["measures"]
    }

    def closure(name: str) -> Iterator[Any]:
        entry = entries[name]
        yield _without_words(entry)
        for measure in entry["type_params"]["input_measures"]:
            yield _without_words(models[measure["name"]])
        for of in entry["type_params"]["metrics"] or ():
            yield from closure(of["name"])

    return {name: json.dumps(list(closure(name)), sort_keys=True) for name in entries}


def _without_words(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_words(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_words(value) for key, value in node.items() if key not in _WORDS}


def _ask(
    sides: Sides, side: str, tenant_id: int, catalogue: Catalogue, names: Sequence[str]
) -> None:
    """Put the values by month of a tenant's metrics into ``metric_values``."""
    if not names:
        return
    connection = sides.connection
    seen = sides.seen_before(tenant_id) if side == "before" else sides.seen_after(tenant_id)
    connection.execute(f"use {DATABASE}.{MARTS_SCHEMA}")
    for mart, query in seen.items():
        connection.execute(f"create or replace view {quoted(mart)} as {query}")
    connection.execute(functions())
    for batch in _batches(catalogue, names):
        choice = catalogue.metrics[batch[0]].choose
        statement = catalogue.compile(
            names=batch, by=(_MONTH, *choice), conditions=(), order_by=(), limit=None
        )
        chosen = f"concat_ws(', ', {', '.join(map(quoted, choice))})" if choice else "''"
        values = ", ".join(f"cast({quoted(name)} as varchar) as {quoted(name)}" for name in batch)
        connection.execute(
            f"insert into temp.metric_values select {literal(side)}, {int(tenant_id)}, name, choice, month, value"
            f" from (select coalesce(strftime({quoted(_MONTH)}, '%Y-%m'), '') as month,"
            f" {chosen} as choice, {values} from ({_plain(statement)}))"
            f" unpivot (value for name in ({', '.join(map(quoted, batch))}))"
        )
    connection.execute("use memory.main")


def _batches(catalogue: Catalogue, names: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Metrics of the same marts and alternatives, a number at a time."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for name in names:
        key = catalogue.sources[name].marts, tuple(catalogue.metrics[name].choose)
        alike.setdefault(key, []).append(name)
    for found in alike.values():
        for start in range(0, len(found), _BATCH):
            yield tuple(found[start : start + _BATCH])


def _plain(statement: str) -> str:
    """A statement as it can stand within another: without a comment or semicolon at its end."""
    return re.sub(r";\s*$", "", statement) + "\n"


def _differences(sides: Sides) -> tuple[MetricDifference, ...]:
    """The metrics that differ, with the months that do most; a value's type may be another."""
    rows = sides.connection.execute(f"""
        with differing as (
            select
                coalesce(b.metric, a.metric) as metric,
                coalesce(b.tenant_id, a.tenant_id) as tenant_id,
                coalesce(b.choice, a.choice) as choice,
                coalesce(b.month, a.month) as month,
                b.value as was,
                a.value as now,
                abs(coalesce(try_cast(a.value as decimal(38, 8)), 0)
                    - coalesce(try_cast(b.value as decimal(38, 8)), 0)) as size
            from (select * from temp.metric_values where side = 'before') as b
            full join (select * from temp.metric_values where side = 'after') as a
                using (metric, tenant_id, choice, month)
            where b.value is distinct from a.value
                and coalesce(
                    try_cast(b.value as decimal(38, 8)) is distinct from try_cast(a.value as decimal(38, 8)),
                    true
                )
        )
        select metric, tenant_id, choice, count(*),
            list({{'month': month, 'was': was, 'now': now}} order by size desc, month)[:{_MONTHS}]
        from differing group by metric, tenant_id, choice order by metric, tenant_id, choice
    """).fetchall()
    return tuple(
        MetricDifference(
            metric=metric,
            tenant_id=tenant_id,
            choice=choice,
            months=count,
            examples=tuple(
                Figure(of=one["month"], column=metric, before=one["was"], after=one["now"])
                for one in examples
            ),
        )
        for metric, tenant_id, choice, count, examples in rows
    )
